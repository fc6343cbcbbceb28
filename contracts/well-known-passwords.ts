/**
 * What is tried first: in lower case, without the digits and signs that people put around it. Words, names, the order of
 * keys, and Russian words typed with the Latin layout left on.
 */
const words = `
password passw passwd pass passphrase parol parolparol mypassword newpassword oldpassword temppassword pass1word
qwerty qwertyui qwertyuiop qwertz qweasd qweasdzxc qweqwe qweqweqwe qwertyqwerty asdfgh asdfghjkl asdasd asdqwe zxcvbn
zxcvbnm zxczxc zaqxsw zaqwsx qazwsx qazwsxedc wsxedc edcrfv rfvtgb poiuyt lkjhgf mnbvcx abcdef abcdefg abcdefgh abcabc
abc abcd aaaa aaaaaa aaaaaaaa qqqq qqqqqq qqqqqqqq zzzzzz xxxxxx ffffff
admin administrator adminadmin root rootroot superuser superadmin user username guest test testtest tester testing
demo login welcome changeme letmein secret default temp temporary access master manager operator support server
system computer internet monitor network office windows microsoft google yandex vkontakte telegram android iphone
samsung apple hello helloworld iloveyou loveyou lovelove love sunshine princess dragon monkey football baseball
superman batman starwars pokemon spartak zenit dinamo lokomotiv cska hockey michael jordan michelle charlie shadow
killer freedom whatever trustno qwaszx summer winter spring autumn december january february
monday friday sunday moscow russia russian rossiya moskva kabinet privet zdravstvuy lyubov solnce solnyshko zayka
kotik kisa natasha nastya svetlana tatyana elena olga irina marina oksana anastasia ekaterina alexander aleksandr
sergey dmitry andrey alexey aleksey vladimir nikolay mikhail maksim maxim viktoria victoria
пароль парольпароль мойпароль новыйпароль йцукен йцукенг йцукенгшщзхъ йцуйцу фывапр фывапролджэ фыва ячсмить ячсмитьбю
йцуфывячс йфяцыч йфяцычувс цыфячу абвгд абвгде абвгдеж ааааааа админ администратор оператор пользователь
привет приветпривет здравствуй здравствуйте любовь люблю люблютебя солнышко солнце зайка зайчик котик кошка собака
россия москва родина победа мир счастье мама мамочка папа семья дочка сыночек бабушка
наташа настя светлана татьяна елена ольга ирина марина оксана анастасия екатерина александр сергей дмитрий андрей
алексей владимир николай михаил максим виктория спартак зенит динамо локомотив
весна лето осень зима январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
школа садик детсад детскийсад больница поликлиника отчет отчёт кабинет секрет доступ вход
gfhjkm gfhjkmgfhjkm ghbdtn ghbdtnghbdtn k.,jdm k.,k. hjccbz vjcrdf flvby jgthfnjh cjkysirj cjkywt pfqrf rjnbr rjirf
yfnfif yfcnz cdtnkfyf nfnmzyf tktyf jkmuf bhbyf fktrcfylh cthutq lvbnhbq fylhtq fktrctq dkflbvbh vbrjkf vfrcbv
ytcrf;e rfhfylfi hjvfirf cktdf ljcneg rf,bytn irjkf ltncrbqcfl jnxtn
qwerty123456 1q2w3e 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qaz2wsx3edc q1w2e3 q1w2e3r4 q1w2e3r4t5 a1s2d3 a1s2d3f4 zaq12wsx
qaz123wsx 1й2ц3у 1й2ц3у4к й1ц2у3 й1ц2у3к4 p@ssw0rd pa$$w0rd 12345qwert 123456 12345678 123456789 1234567890 87654321
11111111 00000000 12344321 11223344 147258369 987654321 123qweasd 123qwe 1234qwer qwe123 qwer1234 asdf1234 zxcv1234
йцу123 йцук1234 123йцу пароль123 password123 admin123
`

export const wellKnownPasswords: ReadonlySet<string> = new Set(words.split(/\s+/).filter(Boolean))
