//! What is written down beside a model: file, hash, recipe, and the files it was learned from.

use std::path::Path;

use analysis::training::Manifest;

/// The manifest as TOML.
pub(crate) fn toml_of(manifest: &Manifest, out: &Path) -> String {
    let file = out
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let Manifest {
        name,
        sha256,
        size,
        recipe,
        data,
    } = manifest;
    let mut toml = format!(
        "# Written by `tingsu train`; the same files and recipe give the same bytes.\n\
         name = {name:?}\nfile = {file:?}\nsha256 = {sha256:?}\nbytes = {size}\n\n\
         [recipe]\n\
         bits = {}\nrarest = {}\nfolds = {}\nridge_one = {}\nridge_many = {}\nsecond_ridge = {}\nblend_one = {}\nblend_many = {}\n\
         own_weight = {}\nkindless_weight = {}\nletter_weight = {}\nreader_weight = {}\ncaution = {}\ntolerance = {}\nrounds = {}\nseed = {}\n",
        recipe.bits,
        recipe.rarest,
        recipe.folds,
        recipe.ridge_one,
        recipe.ridge_many,
        recipe.second_ridge,
        recipe.blend_one,
        recipe.blend_many,
        recipe.own_weight,
        recipe.kindless_weight,
        recipe.letter_weight,
        recipe.reader_weight,
        recipe.caution,
        recipe.tolerance,
        recipe.rounds,
        recipe.seed,
    );
    for (name, sha256, texts) in data {
        toml.push_str(&format!(
            "\n[[data]]\nname = {name:?}\nsha256 = {sha256:?}\ntexts = {texts}\n"
        ));
    }
    toml
}
