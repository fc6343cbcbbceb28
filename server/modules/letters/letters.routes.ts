import {
  LetterEntering,
  LetterList,
  LetterOpening,
  LetterRefusal,
  LettersQuery,
  LetterView,
} from '../../../contracts/letters.ts'
import { routes } from '../../kernel/http/index.ts'
import { enterByLetter } from './adding.ts'
import { sourceReply } from './letters.files.ts'
import { closeLetter, openByLetter, refuseLetter, viewLetter, viewLetters } from './letters.ts'

const needs = 'account.manage'

export const lettersRoutes = routes('/letters')
  .get(
    '/',
    { needs, summary: 'Письма с просьбой о доступе', query: LettersQuery, replies: LetterList },
    (ctx, _, query) => viewLetters(ctx, query),
  )
  .get('/{id}', { needs, summary: 'Письмо и что из него понято', replies: LetterView }, (ctx, { id }) =>
    viewLetter(ctx, id),
  )
  .get('/{id}/source', { needs, summary: 'Письмо целиком, как пришло' }, (ctx, { id }) => sourceReply(ctx, id))
  .put(
    '/{id}/opening',
    { needs, summary: 'Открыть доступ по письму', body: LetterOpening, replies: LetterView },
    (ctx, { id }, opening) => openByLetter(ctx, id, opening),
  )
  .put(
    '/{id}/application',
    {
      needs,
      summary: 'Подать заявку на добавление организации по письму или сразу её исполнить',
      body: LetterEntering,
      replies: LetterView,
    },
    (ctx, { id }, entering) => enterByLetter(ctx, id, entering),
  )
  .put(
    '/{id}/refusal',
    { needs, summary: 'Отказать по письму', body: LetterRefusal, replies: LetterView },
    (ctx, { id }, refusal) => refuseLetter(ctx, id, refusal),
  )
  .put('/{id}/closing', { needs, summary: 'Отметить письмо разобранным', replies: LetterView }, (ctx, { id }) =>
    closeLetter(ctx, id),
  )
