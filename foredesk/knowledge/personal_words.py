"""Personal words: by what letters begin and end, and names that are words like any other."""

PLACEHOLDERS = {
    "en": ("[name]", "[e-mail address]", "[phone number]", "[account number]", "[IP address]"),
    "de": ("[Name]", "[E-Mail-Adresse]", "[Telefonnummer]", "[Kontonummer]", "[IP-Adresse]"),
    "fr": ("[nom]", "[adresse e-mail]", "[téléphone]", "[numéro de compte]", "[adresse IP]"),
    "es": ("[nombre]", "[correo]", "[teléfono]", "[número de cuenta]", "[dirección IP]"),
    "ru": ("[имя]", "[эл. адрес]", "[телефон]", "[номер счёта]", "[IP-адрес]"),
    "ja": ("[名前]", "[メールアドレス]", "[電話番号]", "[口座番号]", "[IPアドレス]"),
    "fa": ("[نام]", "[ایمیل]", "[شماره تلفن]", "[شماره حساب]", "[نشانی IP]"),
}
"""By language: name, mail address, telephone number, account, address on the network."""

GREETINGS = (
    r"hi(?: there)?|hello|hey|dear|good (?:morning|afternoon|evening|day)|greetings"
    r"|hallo|guten (?:tag|morgen|abend)|moin|servus|grüezi|liebe[rs]?|sehr geehrte[rs]?"
    r"|bonjour|bonsoir|chers?|chères?|salut|hola|buen[oa]s (?:días|tardes|noches)|estimad[oa]s?"
    r"|здравствуйте|привет|добрый (?:день|вечер)|доброе утро|уважаем\w+"
)

GREETED = (
    r"all|team|everyone|everybody|folks|again|support|help ?desk|service ?desk|sir|madam|or|and"
    r"|mrs?|ms|dr|prof|zusammen|alle|damen|herren|herrn?|frau|und|ihr|tous|toutes|madame|monsieur|et|à"
    r"|todos|señora?s?|y|коллеги|господа"
)
"""Who is greeted without a name."""

SIGN_OFFS = (
    r"(?:best|kind|kindest|warm|warmest|with best|with kind)? ?(?:regards|wishes)|best|cheers"
    r"|(?:many )?thanks(?: a lot| so much| again| in advance| and (?:best |kind )?regards)?"
    r"|thank you(?: very much| so much| in advance)?|sincerely(?: yours)?|yours(?: \w+)?"
    r"|mit (?:freundlichen|besten|lieben) gr(?:ü|ue)(?:ß|ss)en|mfg|lg|vg"
    r"|(?:viele|beste|liebe|freundliche|schöne) gr(?:ü|ue)(?:ß|ss)e|gruß|gruss"
    r"|(?:vielen |besten )?dank(?: im voraus)?|danke(?: im voraus| schön)?"
    r"|(?:bien )?cordialement|merci(?: d'avance| beaucoup)?|(?:un )?saludos?|(?:muchas )?gracias"
    r"|с уважением|(?:заранее )?спасибо|よろしくお願いします|よろしくお願いいたします"
)

TITLES = (
    r"mrs?|ms|miss|mx|dr|prof|herrn?|frau|mme|mlle|monsieur|madame|señora?|sra?|г-н|г-жа|господин"
)

INTRODUCTIONS = r"my name is|mein name ist|je m['’]appelle|me llamo|меня зовут|mi nombre es"

CALLING = (
    r"tel(?:ephone|efon|éfono|éphone)?|phone|mobile|mobil|cell|handy"
    r"|call(?: me)?(?: back)?(?: on| at)?|fax|ext(?:ension)?|durchwahl|rufnummer"
    r"|móvil|тел(?:ефон)?|電話"
)

_PARTICLES = (
    "von van vom zu zur de del della der den di du da das dos la le el al bin ibn ben abu st san "
    "and und et y jr sr dr prof mr mrs ms herr frau"
)
PARTICLES = frozenset(_PARTICLES.split())
"""Parts of names that say nothing of who it is."""

_ALSO_WORDS = (
    "will mark may page rose grant bill art rich frank jack june april august dean drew grace hope "
    "faith joy dawn eve ivy iris lily ruby pearl amber crystal price cash banks brook brooks cook "
    "baker miller smith taylor mason carpenter fisher hunter young long short white black brown "
    "green gray king bishop knight day winter summer stone wood woods field fields hill rivers "
    "lane park parks west north bush reed berry bell ball bond case chance chase christian clay "
    "dale earl ford gene glen guy harry jay jean lee max miles nick norm pat ray rob rod sandy "
    "skip sue ted tom tony van victor wade ward ways wells koch groß gross klein kurz lang stark "
    "schwarz weiß weiss braun roth vogel fuchs wolf berg stein bach sommer kaiser könig richter "
    "schmidt schneider schreiber müller becker weber wagner zimmermann ernst link server root "
    "test user admin support office"
)
ALSO_WORDS = frozenset(_ALSO_WORDS.split())
"""Names that are everyday words too: taken for a name only where they are written as one."""

_GENERIC_MAILBOXES = (
    "info support admin office help helpdesk service sales contact mail team desk noreply "
    "no-reply hello postmaster webmaster user test kontakt buchhaltung"
)
GENERIC_MAILBOXES = frozenset(_GENERIC_MAILBOXES.split())
