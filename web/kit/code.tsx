/** A code to be copied: a recovery code, a token shown once. A script adds the button. */
export function CopyCode({ code, label }: { code: string; label: string }) {
  return (
    <p class="copy-code" data-copy={code}>
      <span class="vh">{label}: </span>
      <code>{code}</code>
    </p>
  )
}
