import { LinkButton } from './buttons.tsx'
import { Card } from './cards.tsx'
import { tied } from './text.ts'

export interface LetterProps {
  id: string
  subject: string
  /** to whom, when */
  top: readonly string[]
  /** plain text, paragraphs apart by an empty line; words and below them an address alone are the letter's button */
  text: string
}

/** A letter as a mail program would show it. */
export function Letter({ id, subject, top, text }: LetterProps) {
  return (
    <Card title={subject} id={`letter-${id}`}>
      <div class="stack-s">
        <p class="list-top">
          {top.map((part) => (
            <span key={part}>{part}</span>
          ))}
        </p>
        {text.split(/\n{2,}/).map((paragraph, index) => (
          <Paragraph key={index} text={paragraph} about={subject} />
        ))}
      </div>
    </Card>
  )
}

const address = /(https?:\/\/\S+)/
const button = /^(.+):\n(https?:\/\/\S+)$/

function Paragraph({ text, about }: { text: string; about: string }) {
  const [, words, href] = button.exec(text) ?? []
  if (words === undefined || href === undefined)
    return (
      <p>{text.split(address).map((part) => (part.startsWith('http') ? <a href={part}>{part}</a> : tied(part)))}</p>
    )
  return (
    <>
      <div class="row">
        <LinkButton size="small" href={href} about={about}>
          {words}
        </LinkButton>
      </div>
      <p class="letter-end">{href}</p>
    </>
  )
}
