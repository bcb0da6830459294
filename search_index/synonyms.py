"""Words that people at a service desk use for one another. Plugins add an organization's own."""

from functools import lru_cache

from search_index.analysis import analyzer_for


@lru_cache(maxsize=32)
def alternatives(language: str) -> dict[str, tuple[str, ...]]:
    """From a term, or two joined by a space, to the others of its groups."""
    analyzer = analyzer_for(language)
    table: dict[str, dict[str, None]] = {}
    for line in _GROUPS.get(language, "").strip().splitlines():
        group = [" ".join(analyzer.terms(text)) for text in line.split(",")]
        group = [term for term in dict.fromkeys(group) if term and term.count(" ") <= 1]
        for term in group:
            table.setdefault(term, {}).update(dict.fromkeys(o for o in group if o != term))
    return {term: tuple(others) for term, others in table.items()}


_GROUPS = {
    "en": """
        delete, remove, erase, discard, trash
        login, log in, logon, log on, sign in, signin
        logout, log out, sign out, log off
        password, passphrase, passcode
        email, e-mail, mail, message
        picture, photo, image, pic
        change, modify, edit, alter
        create, make, add, set up
        find, search, locate, look up
        hide, conceal
        lost, missing, disappeared, vanished, gone
        slow, lag, sluggish, freeze, hang
        error, failure, fail
        backup, back up, save, export
        restore, recover, retrieve, undelete
        block, ban, blacklist
        account, profile
        disable, deactivate, turn off, switch off
        enable, activate, turn on, switch on
        contact, address book
        font, text size, typeface
        upgrade, update
        install, setup, set up
        folder, directory
        move, transfer, migrate, copy
        forward, redirect
        attachment, attach, enclosure
        spam, junk, unwanted
        download, fetch, get
        reply, respond, response, answer
        notification, alert, popup, reminder
        synchronize, synchronise, sync
        crash, quit unexpectedly, close unexpectedly
        print, printer, printing
        laptop, notebook, computer, pc
        phone, mobile, smartphone, cell phone
        wifi, wi-fi, wireless, wlan
        screen, monitor, display
        vpn, remote access
        meeting, appointment, calendar
        two-factor, two factor, 2fa, mfa, multi-factor
        reset, recover, unlock
        locked out, blocked, locked
        order, request, buy, purchase
        invoice, bill, receipt
        vacation, out of office, automatic reply, auto reply
        docs, documents
        favorites, favourites, bookmarks
        color, colour
        """,
    "de": """
        löschen, entfernen
        anmelden, einloggen, login, anmeldung
        abmelden, ausloggen
        passwort, kennwort
        e-mail, email, mail, nachricht
        ändern, bearbeiten, anpassen
        erstellen, anlegen, hinzufügen
        drucken, drucker, ausdrucken
        rechner, computer, pc, laptop, notebook
        handy, smartphone, mobiltelefon
        wlan, wifi, funknetz
        bildschirm, monitor, display
        ordner, verzeichnis
        datei, anhang
        fehler, störung, absturz
        konto, account, benutzerkonto
        aktualisieren, update, aktualisierung
        zurücksetzen, reset
        gesperrt, blockiert
        termin, kalender, besprechung
        """,
    "fr": """
        supprimer, effacer, enlever
        connexion, connecter, identifier, login
        mot de passe, mdp
        e-mail, email, courriel, mail, message
        modifier, changer
        créer, ajouter
        imprimer, imprimante, impression
        ordinateur, pc, portable
        téléphone, mobile, portable
        wifi, sans fil
        écran, moniteur
        dossier, répertoire
        erreur, panne
        compte, profil
        mise jour, actualiser
        réinitialiser, restaurer
        bloqué, verrouillé
        """,
    "ru": """
        удалить, стереть, убрать
        войти, вход, логин, авторизация
        пароль, код доступа
        почта, письмо, email, сообщение
        изменить, поменять, сменить
        создать, добавить
        печать, печатать, принтер, распечатать
        компьютер, пк, ноутбук
        телефон, смартфон, мобильный
        wifi, вайфай, беспроводная сеть
        экран, монитор
        папка, каталог
        ошибка, сбой
        аккаунт, учетная запись, профиль
        обновить, обновление
        сбросить, восстановить
        """,
}
