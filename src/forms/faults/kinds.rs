//! Every fault a form file can have, each with the sentence that says what to write instead.

use miette::Diagnostic;
use thiserror::Error;

/// What is wrong; `code` names it for tests and tools, `help` is the remedy.
#[derive(Debug, Clone, PartialEq, Eq, Error, Diagnostic)]
pub enum FaultKind {
    #[error("the file cannot be read: {0}")]
    #[diagnostic(code("unreadable"), help("check that the file exists and that Inlet may read it"))]
    Unreadable(String),
    #[error("this is not TOML: {0}")]
    #[diagnostic(
        code("syntax"),
        help("texts stand in quotes, lists in [ ], a step begins with [[step]], a field with [[step.field]]")
    )]
    Syntax(String),
    #[error("{0}")]
    #[diagnostic(code("unknown-key"), help("check the spelling; only the keys named here are known"))]
    UnknownKey(String),
    #[error("this does not have the expected shape: {0}")]
    #[diagnostic(code("shape"), help("add the key that is missing, or give it a value of the expected type"))]
    Shape(String),
    #[error("the file is not named after its form “{0}”")]
    #[diagnostic(code("file-name"), help("name the file {0}.toml, or set id to the file's name"))]
    FileName(String),

    #[error("another form has the prefix “{0}”")]
    #[diagnostic(code("prefix-twice"), help("choose three other capital letters: references must tell forms apart"))]
    PrefixTwice(String),
    #[error("another form publishes under “{0}”")]
    #[diagnostic(code("collection-twice"), help("give this form a collection of its own"))]
    CollectionTwice(String),
    #[error("there is already a reply “{0}”")]
    #[diagnostic(code("reply-twice"), help("rename one of them; an id stands once in a file"))]
    ReplyTwice(String),
    #[error("nothing is written here")]
    #[diagnostic(code("reply-empty"), help("write some words, or remove the reply"))]
    ReplyEmpty,
    #[error("this is too long")]
    #[diagnostic(code("reply-too-long"), help("write at most {0} characters, so that it fits into every box"))]
    ReplyTooLong(usize),
    #[error("there is no form “{0}”")]
    #[diagnostic(code("reply-form"), help("name the id of a form, or remove it; without forms a reply fits all"))]
    ReplyForm(String),
    #[error("“{0}” is not named after a language")]
    #[diagnostic(code("language-unknown"), help("name it en.toml, fr.toml, es.toml, ru.toml, ar.toml or zh.toml"))]
    LanguageUnknown(String),
    #[error("no form publishes under “{0}”")]
    #[diagnostic(code("beside-unknown"), help("name the collection of another form, or remove beside"))]
    BesideUnknown(String),
    #[error("staff keep no records of a form “{0}”")]
    #[diagnostic(code("becomes-unknown"), help("name a form with lifecycle \"record\", or remove becomes"))]
    BecomesUnknown(String),
    #[error("“{0}” cannot be a day of this window")]
    #[diagnostic(code("window-day"), help("write a date as 2026-12-31; closes must not come before opens"))]
    WindowDay(String),
    #[error("there is no time zone “{0}”")]
    #[diagnostic(code("zone-unknown"), help("write an IANA name, as in \"Europe/Zurich\" or \"UTC\""))]
    ZoneUnknown(String),
    #[error("“{0}” is not a prefix")]
    #[diagnostic(code("bad-prefix"), help("write exactly three capital letters, as in \"PRA\""))]
    BadPrefix(String),
    #[error("“{0}” cannot be an id here")]
    #[diagnostic(
        code("bad-id"),
        help(
            "begin with a small letter, then small letters and digits, joined by _ in fields and by - in forms, steps and collections"
        )
    )]
    BadId(String),
    #[error("there is already a field “{0}”")]
    #[diagnostic(
        code("field-twice"),
        help("rename one of them; an id stands once in a whole form (in rows: once in the row)")
    )]
    FieldTwice(String),
    #[error("there is already a step “{0}”")]
    #[diagnostic(code("step-twice"), help("rename one of them; step ids are parts of addresses"))]
    StepTwice(String),
    #[error("there is already a criterion “{0}”")]
    #[diagnostic(code("criterion-twice"), help("rename one of them; what moderators said of it is kept under its id"))]
    CriterionTwice(String),
    #[error("this form asks nothing")]
    #[diagnostic(code("no-step"), help("add at least one [[step]] with a [[step.field]]"))]
    NoStep,
    #[error("this step asks nothing")]
    #[diagnostic(code("empty-step"), help("add a [[step.field]] to it, or remove the step"))]
    EmptyStep,
    #[error("{0} steps are too many")]
    #[diagnostic(code("too-many-steps"), help("join steps until there are at most six"))]
    TooManySteps(usize),
    #[error("this text is empty")]
    #[diagnostic(code("empty-text"), help("write the words people will read here (in English at least)"))]
    EmptyText,
    #[error("none of these answers leads into the form")]
    #[diagnostic(
        code("no-way-in"),
        help("leave out signpost and href of the answer that people who are right here give")
    )]
    NoWayIn,

    #[error("there is no list “{0}”")]
    #[diagnostic(code("unknown-list"), help("name a file of content/reference without .toml, as in \"countries\""))]
    UnknownList(String),
    #[error("there is nothing to choose from")]
    #[diagnostic(code("no-options"), help("add lists = [\"…\"] or [[step.field.option]] entries"))]
    NoOptions,
    #[error("both lists and options are given")]
    #[diagnostic(
        code("options-and-lists"),
        help("keep one of them: lists from content/reference, or options written here")
    )]
    OptionsAndLists,
    #[error("the value “{0}” stands twice")]
    #[diagnostic(code("option-twice"), help("give each option a value of its own; values are what is stored"))]
    OptionTwice(String),
    #[error("this list has no items")]
    #[diagnostic(code("empty-list"), help("add [[item]] entries with value and [item.label] en"))]
    EmptyList,
    #[error("“{key}” means nothing for a {kind} field")]
    #[diagnostic(code("stray-key"), help("remove it, or change the kind of the field"))]
    StrayKey { key: &'static str, kind: String },
    #[error("the least ({min}) is more than the most ({max})")]
    #[diagnostic(code("min-over-max"), help("make min at most max"))]
    MinOverMax { min: String, max: String },
    #[error("{0} cannot be a limit here")]
    #[diagnostic(
        code("bad-limit"),
        help(
            "write a whole number from 0 (for number fields: any plain number of at most 15 digits, decimals at most 6)"
        )
    )]
    BadLimit(String),

    #[error("this condition looks at “{0}”, which there is not")]
    #[diagnostic(code("condition-unknown"), help("name an earlier field (in rows: an earlier field of the same row)"))]
    ConditionUnknown(String),
    #[error("this condition looks at “{0}”, which is asked later")]
    #[diagnostic(code("condition-later"), help("move “{0}” before this field, or use another field"))]
    ConditionLater(String),
    #[error("“{field}” has no option “{value}”")]
    #[diagnostic(code("condition-value"), help("write one of its values: {options}"))]
    ConditionValue { field: String, value: String, options: String },
    #[error("“is” cannot be asked of “{0}”")]
    #[diagnostic(
        code("condition-is"),
        help("“is” is for choice and yes-no fields; write has for choices, answered = true for others")
    )]
    ConditionIs(String),
    #[error("“has” cannot be asked of “{0}”")]
    #[diagnostic(
        code("condition-has"),
        help("“has” is for choices fields; write is for a choice or yes-no, answered = true for others")
    )]
    ConditionHas(String),
    #[error("a condition says exactly one thing")]
    #[diagnostic(
        code("condition-operators"),
        help(
            "write {{ field = \"…\", is = \"…\" }} (or has, or answered = true), {{ all = [ … ] }}, {{ any = [ … ] }} or {{ not = {{ … }} }}"
        )
    )]
    ConditionOperators,
    #[error("options_from names “{0}”, which there is not")]
    #[diagnostic(code("options-from-unknown"), help("name an earlier choices field (in rows: of the same row)"))]
    OptionsFromUnknown(String),
    #[error("options_from names “{0}”, which is asked later")]
    #[diagnostic(code("options-from-later"), help("move “{0}” before this field"))]
    OptionsFromLater(String),
    #[error("options_from names “{0}”, which is not a choices field")]
    #[diagnostic(code("options-from-kind"), help("name an earlier field of kind choices"))]
    OptionsFromKind(String),

    #[error("the role “{0}” is given twice")]
    #[diagnostic(code("role-twice"), help("keep it at the one field that plays it"))]
    RoleTwice(String),
    #[error("a {kind} field cannot play the role “{role}”")]
    #[diagnostic(code("role-kind"), help("use a field of kind {fit}, or another role"))]
    RoleKind { role: String, kind: String, fit: &'static str },
    #[error("a question in rows cannot play a role")]
    #[diagnostic(code("role-in-row"), help("remove the role; roles are for fields that have one answer"))]
    RoleInRow,
    #[error("the role “{0}” is played within rows of parties only")]
    #[diagnostic(
        code("role-outside-parties"),
        help("move it to a question of the rows field that has role = \"parties\"")
    )]
    RoleOutsideParties(&'static str),
    #[error("no question of these rows plays the role “{0}”")]
    #[diagnostic(code("party-role-missing"), help("add role = \"{0}\" to the question of the rows that asks for it"))]
    PartyRoleMissing(&'static str),
    #[error("the address of a party must not be open to everybody")]
    #[diagnostic(code("party-email-open"), help("add personal = true"))]
    PartyEmailOpen,
    #[error("a {0} field does not fit into a table of records")]
    #[diagnostic(code("sitting-kind"), help("remove sitting; it is for single questions outside rows"))]
    SittingKind(String),
    #[error("a table of records needs to know which record a row is about")]
    #[diagnostic(code("sitting-alone"), help("give the publication field that names it role = \"pledge\""))]
    SittingAlone,
    #[error("no field plays the role “{0}”")]
    #[diagnostic(code("role-missing"), help("add role = \"{0}\" to the field that asks for it"))]
    RoleMissing(&'static str),

    #[error("a personal field cannot be public")]
    #[diagnostic(
        code("personal-public"),
        help("remove public = true; fields whose id begins with contact_ are always personal")
    )]
    PersonalPublic,
    #[error("nothing of this form is published")]
    #[diagnostic(
        code("public-unpublished"),
        help("remove public = true, or give the form lifecycle = \"publication\" or \"record\"")
    )]
    PublicUnpublished,
    #[error("a form that is published needs a collection")]
    #[diagnostic(
        code("no-collection"),
        help("add collection = \"…\", the path of its public list, as in \"practices\"")
    )]
    NoCollection,
    #[error("only what is published has a collection")]
    #[diagnostic(code("stray-collection"), help("remove collection, or give the form lifecycle = \"publication\""))]
    StrayCollection,
    #[error("no field has the facet “{0}”")]
    #[diagnostic(code("facet-unknown"), help("add facet = \"{0}\" to a field, or use region, language or progress"))]
    FacetUnknown(String),
    #[error("the facet “{0}” stands twice")]
    #[diagnostic(code("facet-twice"), help("keep it once"))]
    FacetTwice(String),
    #[error("the facet “{0}” is not in the form's list of facets")]
    #[diagnostic(code("facet-unlisted"), help("add \"{0}\" to facets at the top of the file, or remove it here"))]
    FacetUnlisted(String),
    #[error("the facet “{0}” is of a field that is not public")]
    #[diagnostic(code("facet-hidden"), help("add public = true to the field, or remove the facet"))]
    FacetHidden(String),
    #[error("a {0} field cannot be a facet")]
    #[diagnostic(
        code("facet-kind"),
        help("facets are for choice, choices, yes-no, date and month fields outside rows")
    )]
    FacetKind(String),
    #[error("the facet region needs to know the countries")]
    #[diagnostic(code("facet-needs-country"), help("add role = \"country\" to the field that asks for them"))]
    FacetNeedsCountry,
    #[error("a {0} field cannot be searched")]
    #[diagnostic(code("search-kind"), help("search is for text, long-text and generated fields outside rows"))]
    SearchKind(String),
    #[error("a field that is not public cannot be searched")]
    #[diagnostic(code("search-hidden"), help("add public = true, or remove search"))]
    SearchHidden,

    #[error("these rows ask nothing")]
    #[diagnostic(code("empty-rows"), help("add [[step.field.field]] entries, the questions of one row"))]
    EmptyRows,
    #[error("a {0} field cannot stand in rows")]
    #[diagnostic(code("not-in-rows"), help("ask it outside the rows; rows hold simple questions"))]
    NotInRows(String),
    #[error("there is nothing this text could be put together from")]
    #[diagnostic(code("no-from"), help("add from = [\"…\"], the fields whose answers make up the text"))]
    NoFrom,
    #[error("“{0}” cannot be part of a generated text")]
    #[diagnostic(code("from-unknown"), help("name a field of this form outside rows that is not generated itself"))]
    FromUnknown(String),
    #[error("this text would show “{0}”, which is not public")]
    #[diagnostic(code("from-hidden"), help("leave “{0}” out of from, make it public, or remove public here"))]
    FromHidden(String),
    #[error("this text would keep “{0}”, which is personal")]
    #[diagnostic(
        code("from-personal"),
        help("leave “{0}” out of from, or add personal = true here so that it can be erased")
    )]
    FromPersonal(String),
    #[error("it is not said whose publications can be chosen")]
    #[diagnostic(code("no-form"), help("add form = \"…\", the id of a form with lifecycle publication"))]
    NoForm,
    #[error("there is no form “{0}” that publishes")]
    #[diagnostic(code("form-unknown"), help("name the id of a form with lifecycle publication"))]
    FormUnknown(String),
    #[error("consent must be required")]
    #[diagnostic(
        code("consent-optional"),
        help("add required = true; a consent that may be left out is a yes-no question")
    )]
    ConsentOptional,

    #[error("this check takes {expected} and has {found}")]
    #[diagnostic(code("check-count"), help("name {expected} in fields"))]
    CheckCount { expected: &'static str, found: usize },
    #[error("this check looks at “{0}”, which there is not")]
    #[diagnostic(code("check-unknown"), help("name a field of this form outside rows"))]
    CheckUnknown(String),
    #[error("“{0}” is neither a date nor a month")]
    #[diagnostic(code("check-kind"), help("checks compare date and month fields"))]
    CheckKind(String),
    #[error("“{0}” is not a day")]
    #[diagnostic(code("check-date"), help("write date = \"2018-12-10\": year, month, day (only for not-before)"))]
    CheckDate(String),
    #[error("“{0}” means nothing for this check")]
    #[diagnostic(
        code("check-stray"),
        help("remove it: date is for not-before, words and unless for mentions, words for acronyms")
    )]
    CheckStray(&'static str),
    #[error("there are no words “{0}”")]
    #[diagnostic(
        code("check-words"),
        help("name the value of an entry of content/reference/words.toml, as in words = \"refugees\"")
    )]
    CheckWords(String),
    #[error("there is no legal note “{0}”")]
    #[diagnostic(
        code("check-note"),
        help("name the value of an entry of content/reference/legal_notes.toml, as in note = \"kosovo\"")
    )]
    CheckNote(String),
    #[error("“{0}” is no text that this check could read")]
    #[diagnostic(
        code("check-text"),
        help("name text or long-text fields outside rows, or leave fields out: then all that becomes public is read")
    )]
    CheckText(String),
    #[error("there is nothing this check could read")]
    #[diagnostic(code("check-nothing"), help("name text fields in fields, or make a text field public"))]
    CheckNothing,
    #[error("this check can be wrong about a text")]
    #[diagnostic(code("check-level"), help("write level = \"warning\": it is said and never blocks"))]
    CheckLevel,
}
