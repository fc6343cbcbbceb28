/** The type is read from the first bytes, never from the name: a page must not arrive in a picture's clothes. */
const signatures: { type: string; offset?: number; bytes: number[] }[] = [
  { type: 'application/pdf', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { type: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { type: 'application/zip', bytes: [0x50, 0x4b, 0x03, 0x04] },
  { type: 'application/x-ole-storage', bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] },
  { type: 'application/xml', bytes: [0x3c, 0x3f, 0x78, 0x6d, 0x6c] },
]

export const mediaTypeOf = (bytes: Uint8Array): string =>
  signatures.find(({ offset = 0, bytes: expected }) => expected.every((byte, index) => bytes[offset + index] === byte))
    ?.type ?? 'application/octet-stream'
