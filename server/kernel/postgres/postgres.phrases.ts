/** What the embedded database says to the person who starts the program: one line each, with what to do. */
export const phrases = {
  busy: (dataDirectory: string, holder: string) =>
    `Кабинет уже работает с каталогом данных ${dataDirectory} (${holder}). Остановите его или задайте другой каталог в DATA_DIR.`,
  unknownHolder: 'другой процесс',
  holder: (purpose: string, pid: number) => `${purpose}, процесс ${pid}`,
  program: 'программа',
  noBinaries: (platform: string) =>
    `Встроенного PostgreSQL для ${platform} нет среди установленных пакетов. Выполните «npm ci» или задайте DATABASE_URL.`,
  binariesFail: (output: string) =>
    `Встроенный PostgreSQL не запускается: ${output}. Задайте DATABASE_URL или исправьте причину.`,
  otherMajor: (found: string, needed: number, cluster: string) =>
    `База в ${cluster} создана PostgreSQL ${found}, а с программой идёт ${needed}. Сделайте копию прежней версией программы (bin/backup) и восстановите её этой (bin/restore).`,
  createFailed: (output: string) => `Создать базу не удалось: ${output}`,
  startFailed: (output: string) => `PostgreSQL не запустился: ${output}`,
  startTooLong: (seconds: number) => `PostgreSQL не ответил за ${seconds} с`,
  survivor: (socket: string) =>
    `С этой базой работает чужой PostgreSQL (${socket}), возможно, в другом контейнере. Остановите его и запустите программу снова.`,
  unreachable: (cluster: string) =>
    `Пользователь, от которого root запускает PostgreSQL, не может войти в ${cluster}. Откройте вход в каталоги над ним (chmod o+x), перенесите каталог данных или запускайте программу обычным пользователем.`,
  placeMissing: (pointer: string, base: string) =>
    `${pointer} говорит, что база лежит в ${base}, но её там нет. Верните её туда или восстановите данные из копии в новый каталог данных.`,
  placeCopied: (dataDirectory: string, owner: string) =>
    `Каталог данных ${dataDirectory} скопирован с ${owner} без базы: она лежит отдельно. Для второго экземпляра восстановите копию (bin/restore) в новый каталог.`,
  socketTaken: (directory: string) =>
    `Каталог ${directory} принадлежит другому пользователю, сокет базы в нём создать нельзя.`,
  placedElsewhere: (dataDirectory: string, base: string) =>
    `Внутрь ${dataDirectory} может войти только root, а PostgreSQL от root не работает: база лежит в ${base}.`,
  leftover: (pid: number) => `От прошлого запуска остался PostgreSQL (процесс ${pid}): останавливается.`,
  crashed: (reason: string, seconds: number) =>
    `PostgreSQL остановился (${reason}); запускается снова через ${seconds} с.`,
  recovered: 'PostgreSQL снова работает.',
}
