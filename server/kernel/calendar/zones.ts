/** Local time of Russia's regions by their code (order of the tax service): reminders come in working hours there. */
const zones: Readonly<Record<string, readonly string[]>> = {
  'Europe/Kaliningrad': ['39'],
  'Europe/Samara': ['18', '63'],
  'Europe/Saratov': ['64'],
  'Europe/Astrakhan': ['30'],
  'Europe/Ulyanovsk': ['73'],
  'Asia/Yekaterinburg': ['02', '45', '56', '59', '66', '72', '74', '86', '89'],
  'Asia/Omsk': ['55'],
  'Asia/Barnaul': ['04', '22'],
  'Asia/Tomsk': ['70'],
  'Asia/Novosibirsk': ['54'],
  'Asia/Novokuznetsk': ['42'],
  'Asia/Krasnoyarsk': ['17', '19', '24'],
  'Asia/Irkutsk': ['03', '38'],
  'Asia/Chita': ['75'],
  'Asia/Yakutsk': ['14', '28'],
  'Asia/Vladivostok': ['25', '27', '79'],
  'Asia/Magadan': ['49'],
  'Asia/Sakhalin': ['65'],
  'Asia/Kamchatka': ['41'],
  'Asia/Anadyr': ['87'],
}

/** Regions that keep another time than Moscow's, each with its zone; all others keep the installation's. */
export const regionZones: readonly { region: string; zone: string }[] = Object.entries(zones).flatMap(
  ([zone, regions]) => regions.map((region) => ({ region, zone })),
)

const known = new Map(regionZones.map(({ region, zone }) => [region, zone]))

/** @param otherwise the installation's zone */
export const zoneOfRegion = (region: string, otherwise: string): string => known.get(region) ?? otherwise
