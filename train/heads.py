"""Every head with its labels, in the order that they have in the weight file; src/reader/label/sets.c has the same."""
from __future__ import annotations

ROLES = ("cue", "source", "content")
NAME_TYPES = ("person", "organisation", "place", "other")
MUC_ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
# PropBank's most frequent roles: 98.7 % of the arguments of EWT.
ARGUMENTS = ("ARG0", "ARG1", "ARG2", "ARG3", "ARG4", "ARGM-TMP", "ARGM-ADV", "ARGM-MOD", "ARGM-NEG", "ARGM-ADJ", "ARGM-LOC", "ARGM-MNR", "ARGM-DIS",
             "ARGM-EXT", "ARGM-PRP", "ARGM-CAU", "ARGM-PRR", "ARGM-LVB", "ARGM-DIR", "ARGM-PRD", "R-ARG0", "R-ARG1", "C-ARG1")
PARTICIPANTS = ("perpetrator", "victim", "target", "weapon")
# What a predicate is; other: adjectives, and "be" or "have" where they say something themselves. An auxiliary has no arguments.
PREDICATES = ("none", "verb", "noun", "other", "auxiliary")
# What the head of a mention is head of.
MENTIONS = ("none", "person", "organisation", "place", "other")
CODES = ("killing", "attempted-killing", "death-in-custody", "shooting", "beating", "wounding", "torture", "sexual-violence", "tear-gas", "use-of-force",
         "attack", "stone-throwing", "bombing", "arrest", "detention", "abduction", "disappearance", "threat", "intimidation", "incitement", "surveillance",
         "dispersal", "ban", "obstruction", "protest", "riot", "raid", "invasion", "property-damage", "arson", "looting", "eviction", "seizure", "extortion",
         "prosecution", "persecution", "discrimination", "failure-to-act", "censorship", "dismissal", "election-fraud", "corruption", "other")
MODALITIES = ("actual", "attempted", "ordered", "threatened", "planned", "demanded", "hypothetical", "recurring")
POLARITIES = ("asserted", "denied")


def bio(types) -> tuple[str, ...]:
    return ("O", *(f"{mark}-{kind}" for kind in types for mark in "BI"))


# Sequences over the words of a window; one label of a word, the acts' of a trigger's first; sequences over the words around a
# predicate, around a trigger, around the head of a mention.
SEQUENCES = {"outer": bio(ROLES), "inner": bio(ROLES), "names": bio(NAME_TYPES), "roles": bio(MUC_ROLES), "acts": bio(("act",))}
ACTS = {"act_codes": CODES, "act_modalities": MODALITIES, "act_polarities": POLARITIES}
WORDS = {"predicates": PREDICATES, "mentions": MENTIONS} | ACTS
BESIDE = {"arguments": bio(ARGUMENTS), "participants": bio(PARTICIPANTS), "extents": bio(("extent",))}
