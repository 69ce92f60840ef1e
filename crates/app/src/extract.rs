//! Cases as they leave the desk in files: personal data covered, always.

use domain::{Case, CaseId, Matter};

use crate::{App, AppError, mask::Masker};

impl App {
    /// The case with personal data covered in its words, and what its customer's card says covered wherever it stands;
    /// nothing when there is no such case. For faces that write files.
    pub async fn covered_case(&self, id: &CaseId) -> Result<Option<Case>, AppError> {
        let Some(case) = self.store().case(id).await? else {
            return Ok(None);
        };
        let masker = self.masker(&case).await?;
        Ok(Some(Case {
            matter: cover_matter(&case.matter, &masker),
            ..masker.case(&case)
        }))
    }
}

/// Goods and places are what files are counted by, so only what the card says is covered in them.
fn cover_matter(matter: &Matter, masker: &Masker) -> Matter {
    let cover = |words: &Option<String>| words.as_ref().map(|words| masker.known(words));
    Matter {
        product: cover(&matter.product),
        batch: cover(&matter.batch),
        site: cover(&matter.site),
        team: cover(&matter.team),
        order: cover(&matter.order),
    }
}
