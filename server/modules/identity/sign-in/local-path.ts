/** Where to after signing in: only a path of this site. `//host`, `/\host` and the like lead a browser to another one. */
export function localPath(next: string | undefined): string | undefined {
  if (!next || next.length > 2000 || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(next)) return undefined
  const here = 'http://here.invalid'
  const { origin, pathname } = new URL(next, here)
  return origin === here && !pathname.startsWith('//') && !/^\/sign-(in|out)$/.test(pathname) ? next : undefined
}
