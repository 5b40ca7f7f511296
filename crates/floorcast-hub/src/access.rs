//! Who may see what: one answer that pages, the API, streams, exports and mails all ask.

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Viewer {
    /// Whoever has the file: the command line, and jobs of the hub itself.
    Owner,
    /// Builds boards: names, ranks and values of the people who are shown.
    Publisher,
    /// Somebody who signed in.
    Person { login: String, person: Option<String>, role: Role, teams: Vec<String> },
    Token {
        role: TokenRole,
        scope: String,
        /// By which people know it.
        label: String,
        /// From which address it is used, where that is known.
        address: Option<String>,
    },
    /// A program on this machine, without a token: what a screen may see.
    Loopback,
    /// Nobody who is known.
    Stranger,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    Rep,
    Manager,
    Admin,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenRole {
    /// Shows boards.
    Screen,
    /// Sends facts.
    Ingest,
    /// Reads figures.
    Read,
    /// Changes people, teams, goals and the like.
    Admin,
}

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// See a board as a wall shows it.
    SeeBoard,
    /// Send facts from another system.
    SendFacts,
    /// See figures and facts of people; [`Viewer::reach`] says of whom.
    SeePeople,
    /// Change people, teams, metrics, goals, boards, screens, tokens; import and undo.
    Administrate,
}

/// Whose figures, targets and facts a viewer may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    Everybody,
    /// Themselves, and the people who are in these teams; totals have whoever was in them on the days that count.
    Some {
        person: Option<String>,
        teams: Vec<String>,
    },
    Nobody,
}

/// Who may open a page or a section of one. The guard and the line that names its readers are both made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audience {
    /// Everybody who is signed in: walls show the same.
    Floor,
    /// Everybody who is signed in; the page shows what is of themselves, and of nobody else.
    Own,
    /// A person, the managers of these teams, and administrators.
    Person {
        id: String,
        teams: Vec<String>,
    },
    /// These people and nobody else, whatever their role.
    Readers(Vec<String>),
    /// An account and administrators.
    Creator {
        login: String,
    },
    /// Managers and administrators, each for the people in reach.
    Managers,
    Administrators,
}

impl Audience {
    /// A page about the viewer, which their managers and administrators see of them too.
    pub fn self_and_managers(person: Option<&str>) -> Audience {
        person.map_or(Audience::Own, |id| Audience::Person { id: id.to_owned(), teams: Vec::new() })
    }

    pub fn includes(&self, viewer: &Viewer) -> bool {
        let Viewer::Person { person, role, login, .. } = viewer else {
            return matches!(viewer, Viewer::Owner) && !matches!(self, Audience::Readers(_));
        };
        match self {
            Audience::Floor | Audience::Own => true,
            Audience::Person { id, teams: of } => match viewer.reach() {
                Reach::Everybody => true,
                Reach::Some { person, teams } => {
                    person.as_ref() == Some(id) || teams.iter().any(|team| of.contains(team))
                }
                Reach::Nobody => false,
            },
            Audience::Readers(readers) => person.as_ref().is_some_and(|person| readers.contains(person)),
            Audience::Creator { login: maker } => login == maker || viewer.may(Action::Administrate),
            Audience::Managers => *role >= Role::Manager,
            Audience::Administrators => viewer.may(Action::Administrate),
        }
    }
}

impl TokenRole {
    pub const ALL: [(&'static str, TokenRole); 4] = [
        ("ingest", TokenRole::Ingest),
        ("screen", TokenRole::Screen),
        ("read", TokenRole::Read),
        ("admin", TokenRole::Admin),
    ];

    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, role)| *role == self).map_or("", |(name, _)| name)
    }

    pub fn of(name: &str) -> Option<TokenRole> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, role)| *role)
    }
}

impl Role {
    pub const ALL: [(&'static str, Role); 3] = [("rep", Role::Rep), ("manager", Role::Manager), ("admin", Role::Admin)];

    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, role)| *role == self).map_or("", |(name, _)| name)
    }

    pub fn of(name: &str) -> Option<Role> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, role)| *role)
    }
}

impl Viewer {
    pub fn may(&self, action: Action) -> bool {
        let allowed: &[Action] = match self {
            Viewer::Owner => return true,
            Viewer::Publisher => &[Action::SeeBoard, Action::SeePeople],
            Viewer::Person { role: Role::Admin, .. } => &[Action::SeeBoard, Action::SeePeople, Action::Administrate],
            Viewer::Person { .. } => &[Action::SeeBoard, Action::SeePeople],
            Viewer::Token { role: TokenRole::Ingest, .. } => &[Action::SendFacts],
            Viewer::Token { role: TokenRole::Screen, .. } => &[Action::SeeBoard],
            Viewer::Token { role: TokenRole::Read, .. } => &[Action::SeeBoard, Action::SeePeople],
            Viewer::Token { role: TokenRole::Admin, .. } => {
                &[Action::SeeBoard, Action::SeePeople, Action::Administrate]
            }
            Viewer::Loopback => &[Action::SeeBoard],
            Viewer::Stranger => &[],
        };
        allowed.contains(&action)
    }

    /// Whether a board may be seen: a screen's token may be for one board only.
    pub fn may_see_board(&self, board: &str) -> bool {
        let within = |scope: &str| scope.is_empty() || scope.split(',').any(|of| of == board);
        self.may(Action::SeeBoard)
            && match self {
                Viewer::Token { scope, .. } => within(scope),
                _ => true,
            }
    }

    /// Whether somebody coaches the people of these teams: who manages one of them, and nobody else, however much they may
    /// administrate.
    pub fn coaches(&self, of: &[String]) -> bool {
        matches!(self, Viewer::Person { person: Some(_), teams, .. } if teams.iter().any(|team| of.contains(team)))
    }

    /// Whether somebody sets the targets of the people of a team: who administrates, and who manages it.
    pub fn sets_targets(&self, team: &str) -> bool {
        let manages = |teams: &[String]| teams.iter().any(|of| of == team);
        self.may(Action::Administrate)
            || matches!(self, Viewer::Person { role: Role::Manager, teams, .. } if manages(teams))
    }

    /// Whose figures may be seen. Lists, details, streams and exports all narrow by this.
    pub fn reach(&self) -> Reach {
        match self {
            Viewer::Owner | Viewer::Publisher => Reach::Everybody,
            Viewer::Token { role: TokenRole::Read | TokenRole::Admin, .. } => Reach::Everybody,
            Viewer::Person { role: Role::Admin, .. } => Reach::Everybody,
            Viewer::Person { role: Role::Manager, person, teams, .. } => {
                Reach::Some { person: person.clone(), teams: teams.clone() }
            }
            Viewer::Person { role: Role::Rep, person, .. } => Reach::Some { person: person.clone(), teams: Vec::new() },
            _ => Reach::Nobody,
        }
    }

    /// Who it was. Of tokens only what they are for: two of a kind may correct each other's facts.
    pub fn name(&self) -> String {
        match self {
            Viewer::Owner => "owner".into(),
            Viewer::Publisher => "publisher".into(),
            Viewer::Person { login, .. } => format!("login:{login}"),
            Viewer::Token { role, .. } => format!("token:{}", role.name()),
            Viewer::Loopback => "loopback".into(),
            Viewer::Stranger => "stranger".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(role: Role) -> Viewer {
        Viewer::Person { login: "l1".into(), person: Some("p1".into()), role, teams: vec!["t1".into()] }
    }

    #[test]
    fn a_token_does_what_it_is_for_and_nothing_else() {
        let token = |role| Viewer::Token { role, scope: String::new(), label: String::new(), address: None };
        let all = [Action::SeeBoard, Action::SendFacts, Action::SeePeople, Action::Administrate];
        let may = |viewer: &Viewer| all.map(|action| viewer.may(action));
        assert_eq!(may(&token(TokenRole::Ingest)), [false, true, false, false]);
        assert_eq!(may(&token(TokenRole::Screen)), [true, false, false, false]);
        assert_eq!(may(&token(TokenRole::Read)), [true, false, true, false]);
        assert_eq!(may(&token(TokenRole::Admin)), [true, false, true, true]);
        assert_eq!(may(&Viewer::Stranger), [false; 4]);
        assert_eq!(token(TokenRole::Ingest).reach(), Reach::Nobody);
        let one = Viewer::Token { role: TokenRole::Screen, scope: "main".into(), label: String::new(), address: None };
        assert_eq!((one.may_see_board("main"), one.may_see_board("other")), (true, false));
    }

    #[test]
    fn a_page_about_a_person_is_for_whoever_reaches_the_person() {
        let about = |id: &str, team: &str| Audience::Person { id: id.into(), teams: vec![team.into()] };
        assert!(about("p1", "t9").includes(&person(Role::Rep)));
        assert!(!about("p2", "t9").includes(&person(Role::Rep)));
        assert!(about("p2", "t1").includes(&person(Role::Manager)));
        assert!(!about("p2", "t9").includes(&person(Role::Manager)));
        assert!(about("p2", "t9").includes(&person(Role::Admin)));
        let all = [Role::Rep, Role::Manager, Role::Admin].map(person);
        assert_eq!(all.each_ref().map(|of| Audience::Managers.includes(of)), [false, true, true]);
        assert_eq!(all.each_ref().map(|of| Audience::Administrators.includes(of)), [false, false, true]);
        let token = Viewer::Token { role: TokenRole::Read, scope: String::new(), label: String::new(), address: None };
        assert!(![Viewer::Stranger, Viewer::Loopback, token].iter().any(|of| Audience::Floor.includes(of)));
    }

    #[test]
    fn a_rep_reaches_herself_and_a_manager_her_teams() {
        let reach = |teams: &[&str]| Reach::Some {
            person: Some("p1".into()),
            teams: teams.iter().map(|team| (*team).to_owned()).collect(),
        };
        assert_eq!(person(Role::Rep).reach(), reach(&[]));
        assert_eq!(person(Role::Manager).reach(), reach(&["t1"]));
        assert!(!person(Role::Manager).may(Action::Administrate));
        let sets = |role: Role, team| person(role).sets_targets(team);
        assert_eq!([sets(Role::Rep, "t1"), sets(Role::Manager, "t1"), sets(Role::Manager, "t2")], [false, true, false]);
        assert!(sets(Role::Admin, "t2"));
    }
}
