export const phrases = {
  'roadmap.taken-code': 'Дорожная карта с таким адресом уже есть. Придумайте другой.',
}

export const notices: Record<string, string> = {}
