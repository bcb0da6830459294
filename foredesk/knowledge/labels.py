"""Labels: what stands over an admonition that has no title, in the article's language."""

_LABELS = {
    "en": ("Note", "Tip", "Info", "Caution", "Warning", "Danger", "Details"),
    "de": ("Hinweis", "Tipp", "Info", "Vorsicht", "Warnung", "Gefahr", "Details"),
    "fr": ("Remarque", "Astuce", "Info", "Attention", "Avertissement", "Danger", "Détails"),
    "es": ("Nota", "Consejo", "Información", "Precaución", "Advertencia", "Peligro", "Detalles"),
    "ru": ("Примечание", "Совет", "Информация", "Осторожно", "Внимание", "Опасно", "Подробнее"),
    "ja": ("注記", "ヒント", "情報", "注意", "警告", "危険", "詳細"),
    "fa": ("یادداشت", "نکته", "اطلاعات", "احتیاط", "هشدار", "خطر", "جزئیات"),
}
_KINDS = ("note", "tip", "info", "caution", "warning", "danger", "details")


def label(kind: str, locale: str) -> str:
    """The word for the kind of box; English where the language has none here."""
    language = locale.replace("_", "-").partition("-")[0].lower()
    return _LABELS.get(language, _LABELS["en"])[_KINDS.index(kind)]
