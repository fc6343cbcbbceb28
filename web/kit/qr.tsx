/** A QR code: dark on light in every scheme, for a camera reads it. The text that it holds must stand beside it. */
export function QrCode({ modules, label }: { modules: readonly (readonly boolean[])[]; label: string }) {
  const size = modules.length
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      width="220"
      height="220"
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={pathOf(modules)} fill="#000" />
    </svg>
  )
}

/** A square for each dark module, run together along a line. */
function pathOf(modules: readonly (readonly boolean[])[]): string {
  const runs: string[] = []
  modules.forEach((line, y) => {
    for (let x = 0; x < line.length; x += 1) {
      if (!line[x]) continue
      const start = x
      while (line[x + 1]) x += 1
      runs.push(`M${start} ${y}h${x - start + 1}v1h-${x - start + 1}z`)
    }
  })
  return runs.join('')
}
