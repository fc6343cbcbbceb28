/** What the stores of files say to the administrator. */
import type { S3Settings } from '../settings.storage.ts'

export const filesPhrases = {
  bucket: ({ endpoint, bucket }: S3Settings) => `хранилище S3 ${endpoint}, бакет ${bucket}`,
  outOfReach: ({ endpoint }: S3Settings, reason: string) =>
    `Внимание: хранилище файлов ${endpoint} сейчас не отвечает (${reason}). Программа работает, но файлы не сохранить и не открыть, пока оно не вернётся. Проверьте S3_ENDPOINT и сеть.`,
  refused: (settings: S3Settings, refusal: string) =>
    `Программа не запущена: хранилище файлов ${settings.endpoint} не принимает её (ответ ${refusal}). ${adviceFor(settings, refusal)}`,
  usage: `Использование:
  bin/files move --to s3|directory [--remove]
    Переносит файлы из каталога данных в S3 или обратно и сверяет каждый по SHA-256. Перенесённое раньше пропускает:
    прерванный перенос продолжайте той же командой. --remove убирает со старого места то, что сверено на новом.
  bin/files clean [--days N]
    Убирает из действующего хранилища файлы старше N дней (не меньше 1, без указания 7), на которые в базе ничто не
    ссылается: они остаются от прерванных загрузок.`,
  noS3: 'Переносить некуда: настройки S3 не заданы (S3_ENDPOINT и другие, docs/operations/settings.md).',
  moved: ({ moved, present, removed, damaged }: Moved, from: string, to: string) =>
    `Из: ${from}\nВ: ${to}\nПеренесено ${moved}, было на месте ${present}, убрано со старого места ${removed}, повреждённых ${damaged}.`,
  damaged: (sha256: string) =>
    `Внимание: файл ${sha256} повреждён на старом месте, его содержимое не совпадает с именем. Он не перенесён.`,
  interrupted: ({ moved, present }: Moved) =>
    `Перенос прерван: хранилище не отвечает. Уже на месте ${moved + present}. Повторите ту же команду, она продолжит.`,
  cleaned: (count: number, days: number, title: string) =>
    `Убрано файлов, на которые в базе ничто не ссылается дольше ${days} дн.: ${count} (${title}).`,
  notPrepared: 'Сверять не с чем: в базе нет таблиц программы. Проверьте DATA_DIR и DATABASE_URL.',
  purposeClean: 'уборка файлов',
}

export type Moved = { moved: number; present: number; removed: number; damaged: number }

function adviceFor({ bucket, region, pathStyle }: S3Settings, refusal: string): string {
  if (refusal.includes('NoSuchBucket') || refusal === '404')
    return `Создайте бакет «${bucket}» или исправьте S3_BUCKET.`
  if (refusal.includes('AuthorizationHeaderMalformed') || refusal.startsWith('301'))
    return `Исправьте S3_REGION (сейчас «${region}») или S3_ENDPOINT.`
  if (refusal.includes('RequestTimeTooSkewed')) return 'Часы этой машины и хранилища расходятся: поправьте время.'
  if (refusal.startsWith('403')) return `Проверьте S3_KEY и S3_SECRET и право этого ключа писать в бакет «${bucket}».`
  return `Проверьте настройки S3; S3_PATH_STYLE сейчас «${pathStyle ? 'yes' : 'no'}».`
}
