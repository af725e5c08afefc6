"""Pinyin and initials of Chinese names, kept beside them for search."""

from functools import lru_cache

from crm.base.querysets import digits_of, fold


@lru_cache(maxsize=20000)
def syllable(character: str) -> str:
    """The pinyin of a Chinese character without its tone; another character as it is."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 -- slow import

    return (
        lazy_pinyin(character, style=Style.NORMAL)[0]  # without a known reading: the character
        if "\u4e00" <= character <= "\u9fff"
        else character
    )


def spelled(word: str) -> str:
    """The pinyin of a word whose characters are read together: "chongqing" for 重庆."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 -- slow import

    return "".join(lazy_pinyin(word))


def pinyin_of(text: str) -> tuple[str, str]:
    """Full pinyin without tones, and the initials: ("huaxingufen", "hxgf") for 华新股份. Other letters stay."""
    syllables = [syllable(character) for character in fold(text) if character.isalnum()]
    return "".join(syllables), "".join(syllable[:1] for syllable in syllables)


def search_text_of(*names: str, others: tuple[str, ...] = (), phone: str = "") -> str:
    """What a record is found by: names with their pinyin and initials, other words as they are (codes, numbers), and a phone
    number by its digits, however it is written."""
    parts: list[str] = []
    for name in filter(None, names):
        parts.append(fold(name))
        if not name.isascii():
            parts.extend(pinyin_of(name))
    parts.extend(fold(word) for word in (*others, digits_of(phone)) if word)
    return " ".join(dict.fromkeys(parts))
