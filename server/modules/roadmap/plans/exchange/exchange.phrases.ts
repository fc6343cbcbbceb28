export const planExchangePhrases = {
  'plan.unreadable-table': ({ why }: { why: string }) => `Таблица не прочитана. ${why}`,
  'plan.import-applied': 'Эта таблица уже внесена. Чтобы внести её снова, загрузите её ещё раз.',
  'plan.nothing-to-apply': 'Вносить нечего: в таблице нет строк, которые что-то меняют и поняты уверенно.',
}

export const planExchangeNotices = {
  'plan.import-applied': 'Таблица внесена в план',
}
