//! The persuasion techniques that evidence speaks for: the 23 of SemEval-2023 task 3 and ArMPro, in their six groups.

/// A persuasion technique.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Technique {
    /// Words with a strong emotional charge.
    LoadedLanguage,
    /// Labels put on persons and groups.
    NameCalling,
    /// More or less made of a thing than it is.
    ExaggerationMinimisation,
    /// Words that leave open what is meant.
    Vagueness,
    /// The same message again and again.
    Repetition,
    /// Character attacked instead of an argument.
    QuestioningReputation,
    /// Credibility of somebody or something put in question.
    Doubt,
    /// Blamed by the company somebody keeps.
    GuiltByAssociation,
    /// Said to do what is blamed in others.
    Hypocrisy,
    /// Pride in a nation or group.
    FlagWaving,
    /// An authority as proof.
    Authority,
    /// Fear or prejudice as proof.
    Fear,
    /// Values as proof.
    Values,
    /// Everybody's opinion as proof.
    Popularity,
    /// One cause for a complex thing.
    CausalOversimplification,
    /// One consequence said to be bound to follow.
    ConsequentialOversimplification,
    /// Two choices where there are more.
    FalseDilemma,
    /// Words that end a discussion.
    ConversationKiller,
    /// A short striking phrase.
    Slogan,
    /// Act now.
    Urgency,
    /// What about the others.
    Whataboutism,
    /// An argument nobody made is refuted.
    StrawMan,
    /// Something beside the point.
    RedHerring,
}

/// A group of techniques.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Manipulative wording.
    Wording,
    /// Attack on reputation.
    Reputation,
    /// Justification.
    Justification,
    /// Simplification.
    Simplification,
    /// Call.
    Call,
    /// Distraction.
    Distraction,
}

impl Group {
    /// Name for people and in JSON.
    pub fn title(self) -> &'static str {
        match self {
            Group::Wording => "manipulative wording",
            Group::Reputation => "attack on reputation",
            Group::Justification => "justification",
            Group::Simplification => "simplification",
            Group::Call => "call",
            Group::Distraction => "distraction",
        }
    }
}

use Group::*;
use Technique::*;

/// Every technique with its label in the ArMPro data, its name for people and its group.
const TECHNIQUES: [(Technique, &str, &str, Group); 23] = [
    (LoadedLanguage, "Loaded_Language", "loaded language", Wording),
    (NameCalling, "Name_Calling-Labeling", "name calling, labelling", Reputation),
    (ExaggerationMinimisation, "Exaggeration-Minimisation", "exaggeration, minimisation", Wording),
    (Vagueness, "Obfuscation-Vagueness-Confusion", "vagueness, obfuscation", Wording),
    (Repetition, "Repetition", "repetition", Wording),
    (QuestioningReputation, "Questioning_the_Reputation", "questioning the reputation", Reputation),
    (Doubt, "Doubt", "doubt", Reputation),
    (GuiltByAssociation, "Guilt_by_Association", "guilt by association", Reputation),
    (Hypocrisy, "Appeal_to_Hypocrisy", "appeal to hypocrisy", Reputation),
    (FlagWaving, "Flag_Waving", "flag waving", Justification),
    (Authority, "Appeal_to_Authority", "appeal to authority", Justification),
    (Fear, "Appeal_to_Fear-Prejudice", "appeal to fear, prejudice", Justification),
    (Values, "Appeal_to_Values", "appeal to values", Justification),
    (Popularity, "Appeal_to_Popularity", "appeal to popularity", Justification),
    (CausalOversimplification, "Causal_Oversimplification", "causal oversimplification", Simplification),
    (ConsequentialOversimplification, "Consequential_Oversimplification", "consequential oversimplification", Simplification),
    (FalseDilemma, "False_Dilemma-No_Choice", "false dilemma", Simplification),
    (ConversationKiller, "Conversation_Killer", "conversation killer", Call),
    (Slogan, "Slogans", "slogan", Call),
    (Urgency, "Appeal_to_Time", "urgency", Call),
    (Whataboutism, "Whataboutism", "whataboutism", Distraction),
    (StrawMan, "Straw_Man", "straw man", Distraction),
    (RedHerring, "Red_Herring", "red herring", Distraction),
];

impl Technique {
    /// Every technique, in the order of display.
    pub fn all() -> impl Iterator<Item = Technique> {
        TECHNIQUES.iter().map(|row| row.0)
    }

    fn row(self) -> &'static (Technique, &'static str, &'static str, Group) {
        &TECHNIQUES[TECHNIQUES.iter().position(|row| row.0 == self).unwrap_or(0)]
    }

    /// Its label in the ArMPro data; also its key in JSON.
    pub fn key(self) -> &'static str {
        self.row().1
    }

    /// Its name for people.
    pub fn title(self) -> &'static str {
        self.row().2
    }

    /// Its group.
    pub fn group(self) -> Group {
        self.row().3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_technique_is_listed_once() {
        let listed: std::collections::BTreeSet<Technique> = Technique::all().collect();
        assert_eq!(listed.len(), TECHNIQUES.len());
        assert_eq!(RedHerring.key(), "Red_Herring");
    }
}
