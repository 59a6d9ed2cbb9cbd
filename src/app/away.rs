//! A plan's file that is not to be had while the plan is open, in words: what happened, and what to do.

use crate::model::text::count;
use crate::store::{Away, There};

/// What happened to the file, in a sentence without its full stop.
#[must_use]
pub fn what(away: &Away) -> String {
    match away {
        Away::Gone => "The plan's file was renamed, moved or deleted".into(),
        Away::Unreachable(detail) => format!("The plan's file cannot be reached: {detail}"),
        Away::Replaced(there) => match there {
            There::Later(entries) => format!(
                "Another copy of this plan was put in the file's place, with {} that you have not seen",
                count(*entries, "later change")
            ),
            There::Earlier => "An earlier state of this plan was put in the file's place".into(),
            There::Other => {
                "Another copy of this plan, changed elsewhere, was put in the file's place: it lacks changes that \
                 were saved here"
                    .into()
            }
            There::AnotherPlan(organisation) if organisation.is_empty() => {
                "Another plan was put in the file's place".into()
            }
            There::AnotherPlan(organisation) => {
                format!("Another plan, of {organisation}, was put in the file's place")
            }
            There::NoPlan(why) => format!("What is in the file's place now cannot be opened as a plan: {why}"),
        },
    }
}

/// What becomes of what is typed meanwhile, and what to do.
#[must_use]
pub fn to_do(away: &Away) -> &'static str {
    match away {
        Away::Gone => {
            "Nothing is lost and nothing is written elsewhere: what you type stays here, not saved. Put the file \
             back under its name, and saving goes on by itself; or save a copy and go on in that."
        }
        Away::Unreachable(_) => {
            "Nothing is lost: what you type stays here, not saved. Saving goes on by itself once the drive or share \
             is back; or save a copy on this computer and go on in that."
        }
        Away::Replaced(There::Later(_)) => {
            "Nothing was written into it. Open what is there now: it holds all that was saved here, and what you \
             typed since is held against it. Or save yours as a copy and go on in that."
        }
        Away::Replaced(There::Earlier | There::Other) => {
            "Nothing was written into it. Save yours as a copy and go on in that; or open what is there now, and \
             what you typed and is not saved is held against it."
        }
        Away::Replaced(There::AnotherPlan(_) | There::NoPlan(_)) => {
            "Nothing was written into it. Save yours as a copy and go on in that; or put the plan's own file back, \
             and saving goes on by itself."
        }
    }
}

/// What is said of a file that does not answer.
#[must_use]
pub fn silent(seconds: i64) -> String {
    format!("The plan's file has not answered for {seconds} seconds. If it lies on a share, the share may be away")
}

/// A few words for the bar at the top.
#[must_use]
pub fn short(away: &Away) -> &'static str {
    match away {
        Away::Gone => "File not there",
        Away::Unreachable(_) => "File out of reach",
        Away::Replaced(_) => "Another file there",
    }
}

/// Whether what is there now can be gone on with: it is this plan.
#[must_use]
pub fn is_this_plan(away: &Away) -> bool {
    matches!(away, Away::Replaced(There::Later(_) | There::Earlier | There::Other))
}

/// Whether another plan is there, which can be opened in place of this one.
#[must_use]
pub fn is_another_plan(away: &Away) -> bool {
    matches!(away, Away::Replaced(There::AnotherPlan(_)))
}
