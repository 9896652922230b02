//! The indicators: every kind of sign that the packs may mark, and the families they belong to.

use bitcode::{Decode, Encode};
use serde::{Serialize, Serializer};

use super::technique::Technique;

/// A family of indicators; also the heading under which features and contributions are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// Sources without a name.
    AnonymousSourcing,
    /// Named sources and checkable specifics.
    NamedSourcing,
    /// Verbs that introduce what somebody said.
    Attribution,
    /// Claims that nobody could check.
    UnverifiableClaims,
    /// Words with a strong emotional charge.
    LoadedTerms,
    /// Motives that the author ascribes to others.
    AttributedIntent,
    /// Further persuasion techniques.
    OtherPersuasion,
    /// Wording whose weight was learned from labelled text.
    LearnedWording,
    /// Shape of the text.
    Form,
}

impl Family {
    /// Every family, in the order of display.
    pub const ALL: [Family; 9] = [
        Family::AnonymousSourcing,
        Family::NamedSourcing,
        Family::Attribution,
        Family::UnverifiableClaims,
        Family::LoadedTerms,
        Family::AttributedIntent,
        Family::OtherPersuasion,
        Family::LearnedWording,
        Family::Form,
    ];

    /// Name used in packs, JSON and CSV.
    pub fn key(self) -> &'static str {
        match self {
            Family::AnonymousSourcing => "anonymous_sourcing",
            Family::NamedSourcing => "named_sourcing",
            Family::Attribution => "attribution",
            Family::UnverifiableClaims => "unverifiable_claims",
            Family::LoadedTerms => "loaded_terms",
            Family::AttributedIntent => "attributed_intent",
            Family::OtherPersuasion => "other_persuasion",
            Family::LearnedWording => "learned_wording",
            Family::Form => "form",
        }
    }

    /// Heading for people.
    pub fn title(self) -> &'static str {
        match self {
            Family::AnonymousSourcing => "anonymous sourcing",
            Family::NamedSourcing => "named sourcing and specifics",
            Family::Attribution => "attribution verbs",
            Family::UnverifiableClaims => "unverifiable claims",
            Family::LoadedTerms => "loaded terms",
            Family::AttributedIntent => "attributed intent",
            Family::OtherPersuasion => "other persuasion",
            Family::LearnedWording => "learned wording",
            Family::Form => "form",
        }
    }

    /// The family of a key.
    pub fn from_key(key: &str) -> Option<Family> {
        Family::ALL.into_iter().find(|f| f.key() == key)
    }
}

impl Serialize for Family {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

/// A kind of sign, as its place in [`INDICATORS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode)]
pub struct Indicator(pub u8);

/// Name, family and meaning of an indicator.
#[derive(Debug)]
pub struct Definition {
    /// `family.kind`, as in packs and reports.
    pub id: &'static str,
    /// Where it belongs.
    pub family: Family,
    /// What it marks, in a line.
    pub meaning: &'static str,
    /// The persuasion technique that it speaks for, if any.
    pub technique: Option<Technique>,
}

impl Indicator {
    /// The indicator of an id; usable in constants, where an unknown id fails the build.
    pub const fn of(id: &str) -> Indicator {
        match find(id) {
            Some(found) => found,
            None => panic!("no such indicator"),
        }
    }

    /// The indicator of an id, if there is one.
    pub fn from_id(id: &str) -> Option<Indicator> {
        find(id)
    }

    /// Its definition.
    pub fn definition(self) -> &'static Definition {
        &INDICATORS[self.0 as usize]
    }

    /// Its id.
    pub fn id(self) -> &'static str {
        self.definition().id
    }

    /// Its family.
    pub fn family(self) -> Family {
        self.definition().family
    }

    /// The persuasion technique that it speaks for, if any.
    pub fn technique(self) -> Option<Technique> {
        self.definition().technique
    }
}

const fn find(id: &str) -> Option<Indicator> {
    let mut at = 0;
    while at < INDICATORS.len() {
        if same(INDICATORS[at].id.as_bytes(), id.as_bytes()) {
            return Some(Indicator(at as u8));
        }
        at += 1;
    }
    None
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

const fn is(id: &'static str, family: Family, meaning: &'static str) -> Definition {
    Definition { id, family, meaning, technique: None }
}

impl Definition {
    const fn speaks_for(self, technique: Technique) -> Definition {
        Definition { technique: Some(technique), ..self }
    }
}

/// Every indicator. Sources of the definitions: newsroom standards on sourcing (AP, Reuters), the W3C credibility signals, the
/// propaganda-technique taxonomies of PTC, SemEval-2023 task 3 and ArMPro, and Recasens et al. 2013 on biased language.
pub const INDICATORS: &[Definition] = {
    use Family::*;
    use Technique::*;
    &[
        is("anonymous.bare", AnonymousSourcing, "a source with neither name nor role").speaks_for(Vagueness),
        is("anonymous.adjective", AnonymousSourcing, "an unnamed source with a claimed quality, or that asked not to be named")
            .speaks_for(Vagueness),
        is("anonymous.role", AnonymousSourcing, "an unnamed source with a role or institution"),
        is("anonymous.reason", AnonymousSourcing, "the reason for withholding the name"),
        is("named.person", NamedSourcing, "a statement by a named or titled person"),
        is("named.institution", NamedSourcing, "a statement by an identified institution"),
        is("named.document", NamedSourcing, "a document one could look up"),
        is("named.agency", NamedSourcing, "credit to a news agency"),
        is("named.reply", NamedSourcing, "the other side is heard or was asked"),
        is("named.checked", NamedSourcing, "honesty about what could not be verified"),
        is("named.time", NamedSourcing, "a weekday, date or hour"),
        is("named.place", NamedSourcing, "a stated place"),
        is("named.figure", NamedSourcing, "a figure or percentage"),
        is("named.quotation", NamedSourcing, "a direct quotation of five words or more"),
        is("attribution.neutral", Attribution, "a neutral verb of saying"),
        is("attribution.assertive", Attribution, "a verb that presents the claim as settled"),
        is("attribution.doubting", Attribution, "a verb that casts doubt on the claim"),
        is("unverifiable.secrecy", UnverifiableClaims, "a secret or closed event").speaks_for(Vagueness),
        is("unverifiable.hearsay", UnverifiableClaims, "rumour or hearsay").speaks_for(Vagueness),
        is("unverifiable.agentless", UnverifiableClaims, "a decision or agreement with nobody who took it"),
        is("unverifiable.sweeping", UnverifiableClaims, "a sweeping quantifier").speaks_for(ExaggerationMinimisation),
        is("unverifiable.prophecy", UnverifiableClaims, "a prediction stated as a fact")
            .speaks_for(ConsequentialOversimplification),
        is("unverifiable.hedge", UnverifiableClaims, "careful language"),
        is("loaded.name_calling", LoadedTerms, "a label or insult").speaks_for(NameCalling),
        is("loaded.glorification", LoadedTerms, "praise and glorification").speaks_for(LoadedLanguage),
        is("loaded.demonisation", LoadedTerms, "evil, treason, dehumanising words").speaks_for(LoadedLanguage),
        is("loaded.violence", LoadedTerms, "violence in vivid words").speaks_for(LoadedLanguage),
        is("loaded.fear", LoadedTerms, "danger, threat, catastrophe").speaks_for(LoadedLanguage),
        is("loaded.outrage", LoadedTerms, "moral outrage and scandal").speaks_for(LoadedLanguage),
        is("loaded.intensifier", LoadedTerms, "an intensifier").speaks_for(ExaggerationMinimisation),
        is("loaded.superlative", LoadedTerms, "a superlative").speaks_for(ExaggerationMinimisation),
        is("loaded.exaggeration", LoadedTerms, "inflated wording").speaks_for(ExaggerationMinimisation),
        is("loaded.belittling", LoadedTerms, "belittling and ridicule").speaks_for(ExaggerationMinimisation),
        is("loaded.scare_quotes", LoadedTerms, "one to three charged words in quotation marks"),
        is("intent.motive", AttributedIntent, "a motive the author states about another party").speaks_for(QuestioningReputation),
        is("intent.hostile", AttributedIntent, "an attributed motive with a hostile goal").speaks_for(QuestioningReputation),
        is("intent.plot", AttributedIntent, "a plot, scheme or agenda").speaks_for(QuestioningReputation),
        is("intent.pretext", AttributedIntent, "a pretext or cover").speaks_for(QuestioningReputation),
        is("intent.proxy", AttributedIntent, "tools and agents of a hidden hand").speaks_for(GuiltByAssociation),
        is("intent.declared", AttributedIntent, "an aim or attempt told in neutral words"),
        is("persuasion.flag_waving", OtherPersuasion, "appeal to nation, people or group pride").speaks_for(FlagWaving),
        is("persuasion.fear_appeal", OtherPersuasion, "what will befall us if nothing is done").speaks_for(Fear),
        is("persuasion.urgency", OtherPersuasion, "act now, before it is too late").speaks_for(Urgency),
        is("persuasion.call", OtherPersuasion, "a slogan or call to the reader").speaks_for(Slogan),
        is("persuasion.whataboutism", OtherPersuasion, "what about the others").speaks_for(Whataboutism),
        is("persuasion.conversation_killer", OtherPersuasion, "words that end a discussion").speaks_for(ConversationKiller),
        is("persuasion.absolute", OtherPersuasion, "always, never, all, none as proof").speaks_for(ExaggerationMinimisation),
        is("persuasion.rhetorical_question", OtherPersuasion, "a question that asserts its answer").speaks_for(Doubt),
        is("persuasion.popularity", OtherPersuasion, "everybody agrees").speaks_for(Popularity),
        is("persuasion.authority", OtherPersuasion, "an unnamed authority as proof").speaks_for(Authority),
        is("persuasion.hypocrisy", OtherPersuasion, "double standards, you too").speaks_for(Hypocrisy),
        is("persuasion.doubt", OtherPersuasion, "doubt cast on somebody's credibility").speaks_for(Doubt),
        is("persuasion.false_choice", OtherPersuasion, "either this or that, nothing else").speaks_for(FalseDilemma),
        is("persuasion.causal", OtherPersuasion, "one cause for a complex thing").speaks_for(CausalOversimplification),
        is("persuasion.association", OtherPersuasion, "guilt by association").speaks_for(GuiltByAssociation),
        is("persuasion.values", OtherPersuasion, "appeal to values as proof").speaks_for(Values),
        is("learned.propaganda", LearnedWording, "wording that labelled propaganda uses more or less than other text"),
        is("learned.credibility", LearnedWording, "wording that well-sourced reports use more or less than other text"),
        is("learned.marked", LearnedWording, "a word that annotators may mark"),
    ]
};
