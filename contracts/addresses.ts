import { z } from 'zod'

/** Addresses as they are told: a text, its parts, and where it is known the number that ГАР gives it. */

export const addressParts = ['postalCode', 'region', 'district', 'settlement', 'street', 'house', 'flat'] as const
export type AddressPart = (typeof addressParts)[number]

export const AddressParts = z.object({
  postalCode: z.string().optional().meta({ description: 'Почтовый индекс' }),
  region: z.string().optional().meta({ description: 'Регион' }),
  district: z.string().optional().meta({ description: 'Район или округ' }),
  settlement: z.string().optional().meta({ description: 'Город, село, посёлок' }),
  street: z.string().optional().meta({ description: 'Улица' }),
  house: z.string().optional().meta({ description: 'Дом' }),
  flat: z.string().optional().meta({ description: 'Квартира, помещение' }),
})
export type AddressParts = z.output<typeof AddressParts>

export const Address = z
  .object({
    text: z.string(),
    parts: AddressParts,
    garId: z.uuid().nullable().meta({ description: 'Номер в ГАР; null: справочник его не знает' }),
  })
  .meta({ description: 'Адрес' })
export type Address = z.output<typeof Address>

export const AddressQuery = z.object({
  q: z.string().trim().max(300).meta({ description: 'Начало адреса или слова из него' }),
  region: z.string().trim().max(20).optional().meta({ description: 'Код региона' }),
})
export type AddressQuery = z.output<typeof AddressQuery>
