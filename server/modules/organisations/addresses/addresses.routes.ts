import { z } from 'zod'
import { Address, AddressQuery } from '../../../../contracts/addresses.ts'
import { routes } from '../../../kernel/http/index.ts'
import { offerAddresses, viewAddress } from './addresses.ts'

export const addressesRoutes = routes('')
  .get(
    '/addresses',
    {
      needs: 'signed-in',
      tokens: true,
      summary: 'Адреса из справочника, подходящие к введённому',
      query: AddressQuery,
      replies: z.array(Address),
    },
    (ctx, _params, query) => offerAddresses(ctx, query),
  )
  .get(
    '/organisations/{id}/address',
    { needs: 'organisation.read', summary: 'Адрес организации по частям, с номером ГАР', replies: Address },
    (ctx, { id }) => viewAddress(ctx, id),
  )
