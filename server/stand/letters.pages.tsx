/** The stand's way for letters to come in: files that a mail program has saved. */
import { LetterFiles } from '../../contracts/letters.ts'
import { Button, Card, FileField, Form, FormEnd, LinkButton, Note, Page, Stack, Text } from '../../web/kit/index.ts'
import { type FormFailure, type PageVisitor, pages, seeOther } from '../kernel/http/index.ts'
import { keepLetter } from '../modules/letters/index.ts'

const largest = 64 * 1024 * 1024

export const standLettersPages = pages('/_stand/letters')
  .get('/', { needs: 'public' }, async (ctx) => <DropPage ctx={ctx} />)
  .post(
    '/',
    {
      needs: 'public',
      form: LetterFiles,
      largest,
      again: async (ctx, _, failure) => <DropPage ctx={ctx} failure={failure} />,
    },
    async (ctx, _, { files }) => {
      for (const file of files) {
        const raw = Buffer.from(await file.arrayBuffer())
        const arrival = { raw, mailbox: 'stand', uidValidity: null, uid: null, regionCode: null, own: [] }
        await keepLetter({ db: ctx.db, files: ctx.files }, arrival)
      }
      return seeOther(ctx.signedIn ? '/letters' : '/_stand/letters', 'letters.dropped')
    },
  )

const DropPage = ({ ctx, failure }: { ctx: PageVisitor; failure?: FormFailure }) => (
  <Page
    title="Письма на стенд"
    lead="Положите сюда письма, сохранённые почтовой программой: стенд прочитает их так, как если бы они пришли на почту поддержки. На рабочей установке этой страницы нет."
    frame={ctx.frame}
    hasErrors={failure !== undefined}
  >
    <Card>
      <Form action="/_stand/letters" files label="Приём писем">
        {failure ? (
          <Note tone="bad" live="alert" title="Письма не приняты">
            {failure.message ?? failure.problems[0]?.text ?? ''}
          </Note>
        ) : null}
        <Stack>
          <Text>Один и тот же файл второй раз ничего не добавит. Что понято из письма, покажет раздел «Письма».</Text>
          <FileField
            name="files"
            label="Файлы писем"
            hint="С окончанием .eml, можно сразу несколько"
            accept=".eml"
            multiple
          />
        </Stack>
        <FormEnd>
          <Button kind="main">Принять письма</Button>
          <LinkButton kind="quiet" href="/letters">
            К разделу «Письма»
          </LinkButton>
        </FormEnd>
      </Form>
    </Card>
  </Page>
)
