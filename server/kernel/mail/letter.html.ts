export type NewLetter = {
  to: string
  subject: string
  /** Paragraphs of plain text, without markup. */
  paragraphs: string[]
  /** The one thing to do, shown as a button. */
  action?: { text: string; url: string }
  /** The same key is sent once, whoever asks again. */
  uniqueKey?: string
}

/** A letter with made-up data, as the gallery of the stand shows it. */
export type LetterSample = { name: string; letter: NewLetter }

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => escapes[character] ?? character)

/** One column, no pictures, nothing fetched: mail programs of old computers show it, and nobody is tracked by it. */
export function letterHtml({ subject, paragraphs, action }: NewLetter): string {
  const text = paragraphs
    .map((paragraph) => `<p style="margin:0 0 16px">${escaped(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('')
  const button = action
    ? `<p style="margin:24px 0"><a href="${escaped(action.url)}" style="background:#0b5c78;color:#ffffff;padding:12px 24px;border-radius:6px;text-decoration:none;font-weight:bold;display:inline-block">${escaped(action.text)}</a></p>
<p style="margin:0 0 16px;color:#53656d;font-size:14px">Если кнопка не нажимается, скопируйте адрес в строку браузера:<br>${escaped(action.url)}</p>`
    : ''
  return `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:24px;background:#f3f5f5;color:#14232a;font:17px/24px 'PT Sans','Segoe UI',Roboto,Arial,sans-serif">
<div style="max-width:600px;margin:0 auto;padding:32px;background:#ffffff;border:1px solid #d6dddf;border-radius:12px">
<h1 style="margin:0 0 24px;font-size:25px;line-height:32px">${escaped(subject)}</h1>${text}${button}
<p style="margin:24px 0 0;padding-top:16px;border-top:1px solid #d6dddf;color:#53656d;font-size:14px">Письмо отправила программа «Кабинет». Отвечать на него не нужно.</p>
</div></body></html>`
}
