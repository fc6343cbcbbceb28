/** A code to be copied: a token shown once, a secret typed by hand. A script adds the button. */
export function CopyCode({ code, label }: { code: string; label: string }) {
  return (
    <p class="copy-code" data-copy={code}>
      <span class="vh">{label}: </span>
      <code>{code}</code>
    </p>
  )
}

/** Codes to be printed or copied together, one a line. */
export function CopyCodes({ codes, label }: { codes: readonly string[]; label: string }) {
  return (
    <div class="copy-code" data-copy={codes.join('\n')}>
      <ol aria-label={label}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
    </div>
  )
}
