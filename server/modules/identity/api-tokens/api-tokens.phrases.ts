export const apiTokensPhrases = {
  'too-many-tokens': 'У вас уже 20 действующих токенов. Отзовите те, которыми не пользуетесь.',
}

export const apiTokensNotices = {
  'identity.token-revoked': 'Токен отозван: программа с ним больше не войдёт',
}
