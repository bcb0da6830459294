import pytest

from search_index.analysis import Analyzer
from tests.search_index.contract import MakeIndex, found
from tests.search_index.feed import MemoryFeed, article, article_id

ARTICLES = [
    article("en", "Printer does not print", "Check the cable.", locale="en"),
    article("en2", "Reset your password", "Open the sign-in page.", locale="en"),
    article("ru", "Принтер не печатает", "Проверьте кабель принтера.", locale="ru"),
    article("ru2", "Учётная запись закрыта", "Откройте страницу входа.", locale="ru"),
    article("ja", "パスワードのリセット方法", "ログイン画面を開きます。", locale="ja"),
    article("ja2", "プリンターで印刷できない", "ケーブルを確認してください。", locale="ja"),
    article("de", "Netzwerkdrucker im Büro einrichten", "Der Drucker ist an.", locale="de"),
    article("de2", "Straßenverzeichnis der Außenstellen", "Eine Liste.", locale="de"),
    article("fr", "L'imprimante n'imprime pas", "Vérifiez le câble réseau.", locale="fr"),
    article("fa", "چاپگر کار نمی‌کند", "کابل چاپگر را بررسی کنید.", locale="fa"),
    article("fa2", "بازیابی گذرواژه", "صفحهٔ ورود را باز کنید.", locale="fa"),
    article("ar", "الطابعة لا تعمل", "تحقق من كابل الطابعة.", locale="ar"),
    article("ar2", "إعادة تعيين كلمة المرور", "افتح صفحة الدخول.", locale="ar"),
    article("zh", "如何重置密码", "打开登录页面。", locale="zh"),
    article("zh2", "打印机无法打印", "检查电缆。", locale="zh"),
    article("ko", "비밀번호 재설정", "로그인 화면을 여세요.", locale="ko"),
    article("th", "รีเซ็ตรหัสผ่าน", "เปิดหน้าเข้าสู่ระบบ", locale="th"),
    article("hi", "पासवर्ड रीसेट करें", "लॉगिन पेज खोलें।", locale="hi"),
    article("he", "איפוס סיסמה", "פתחו את דף הכניסה.", locale="he"),
    article("el", "Επαναφορά κωδικού πρόσβασης", "Ανοίξτε τη σελίδα.", locale="el"),
    article("tr", "Yazıcı çalışmıyor", "Kabloyu kontrol edin.", locale="tr"),
    article("pl", "Zmiana hasła", "Otwórz stronę logowania.", locale="pl"),
]


@pytest.mark.parametrize(
    ("locale", "text", "name"),
    [
        ("en", "printers not printing", "en"),
        ("en", "PASSWORDS", "en2"),
        ("ru", "принтер не печатает", "ru"),
        ("ru", "принтеры", "ru"),
        ("ru", "учетные записи", "ru2"),
        ("ja", "パスワード リセット", "ja"),
        ("ja", "ﾊﾟｽﾜｰﾄﾞ", "ja"),
        ("ja", "印刷", "ja2"),
        ("ja", "刷", "ja2"),
        ("de", "Drucker für Büro", "de"),
        ("de", "Drucker fuer Buero", "de"),
        ("de", "BÜROS", "de"),
        ("de", "Netzwerk", "de"),
        ("de", "Strasse", "de2"),
        ("fr", "imprimante réseau", "fr"),
        ("fr", "IMPRIMANTES", "fr"),
        ("fr", "cable du reseau", "fr"),
        ("fa", "چاپگر کار نمی کند", "fa"),
        ("fa", "چاپگرها", "fa"),
        ("fa", "چاپگر كار نميكند", "fa"),
        ("fa", "گذرواژه", "fa2"),
        ("ar", "طابعة", "ar"),
        ("ar", "الطَّابِعَة", "ar"),
        ("ar", "اعادة كلمه المرور", "ar2"),
        ("zh", "重置 密码", "zh"),
        ("zh", "打印机", "zh2"),
        ("ko", "비밀번호를 잊었어요", "ko"),
        ("th", "รหัสผ่าน", "th"),
        ("hi", "पासवर्ड", "hi"),
        ("he", "סיסמה", "he"),
        ("el", "ΕΠΑΝΑΦΟΡΑ κωδικου", "el"),
        ("tr", "yazıcı", "tr"),
        ("pl", "zmiana hasla", "pl"),
    ],
)
async def test_every_language_finds_its_articles(
    make_index: MakeIndex, locale: str, text: str, name: str
) -> None:
    index = make_index(MemoryFeed(*ARTICLES))
    await index.catch_up()
    assert (await found(index, text, locale))[:1] == [article_id(name)]
    if not any("a" <= letter <= "z" for letter in text.lower()):
        assert (await found(index, text, "en"))[:1] == [article_id(name)]


@pytest.mark.parametrize(
    ("locale", "one", "other"),
    [
        ("en", "printing", "printed"),
        ("en", "café", "Cafe"),
        ("en", "ｐｒｉｎｔ", "print"),
        ("en", "١٢٣", "123"),
        ("de", "Büros", "Buero"),
        ("de", "Größe", "groesse"),
        ("de", "Passwörter", "Passwoerter"),
        ("fr", "connexions", "connexion"),
        ("ru", "печатает", "печатать"),
        ("ar", "والطابعة", "طابعة"),
        ("fa", "كليدهاي", "کلید"),
        ("sv", "skrivare", "skrivaren"),
    ],
)
def test_ways_to_write_a_word_are_one_term(locale: str, one: str, other: str) -> None:
    analyzer = Analyzer(locale)
    assert analyzer.terms(one) == analyzer.terms(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Quelle", "Qulle"), ("Steuer", "Stur"), ("Museum", "Musum")]
)
def test_german_words_that_only_look_like_umlauts_are_kept(one: str, other: str) -> None:
    analyzer = Analyzer("de")
    assert analyzer.terms(one) != analyzer.terms(other)


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "How do I, please?"),
        ("de", "Wie kann ich das bitte?"),
        ("ru", "Как мне, пожалуйста?"),
    ],
)
def test_words_of_asking_are_no_terms(locale: str, text: str) -> None:
    assert Analyzer(locale).terms(text) == []


def test_scripts_without_spaces_become_pairs_that_know_their_place() -> None:
    tokens = list(Analyzer("ja").tokens("PCの電源"))
    assert [(token.start, token.end, token.term) for token in tokens] == [
        (0, 2, "pc"),
        (2, 4, "の電"),
        (3, 5, "電源"),
    ]


def test_a_russian_letter_that_is_no_accent_is_kept() -> None:
    assert Analyzer("ru").words("мой ещё") != Analyzer("ru").words("мои еще")
    assert Analyzer("ru").fold("ещё") == "еще"
    assert Analyzer("ru").fold("й") == "й"
