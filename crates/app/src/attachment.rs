//! Files on cases: uploaded once by content, with limits on size and type, then attached by command.

use domain::{Attachment, Bilingual};
use sha2::{Digest, Sha256};
use store::StoredFile;
use wire::keeping::UploadedFile;

use crate::{App, AppError, Caller, Code, Verb, limits, permission};

/// A file as it is shown.
#[derive(Clone, Debug)]
pub struct FileView {
    /// The name.
    pub name: String,
    /// The media type.
    pub media_type: String,
    /// The bytes.
    pub body: Vec<u8>,
}

/// What may be attached: pictures, documents, recordings. Nothing that a browser would run.
const TYPES: &[&str] = &[
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "audio/mpeg",
    "audio/x-wav",
    "audio/m4a",
    "video/mp4",
    TEXT,
];
const TEXT: &str = "text/plain";

impl App {
    /// Stores a file under the hash of its bytes; it vanishes after a day unless a case shows it.
    pub async fn upload(&self, caller: &Caller, body: Vec<u8>) -> Result<UploadedFile, AppError> {
        permission::require(caller.role, Verb::Upload)?;
        if body.is_empty() {
            return Err(AppError::field("body", "文件是空的", "the file is empty"));
        }
        if body.len() > limits::FILE_BYTES {
            return Err(AppError::Plain(Code::TooLarge));
        }
        let media_type = media_type_of(&body).ok_or_else(|| {
            let allowed = TYPES.join(", ");
            AppError::field(
                "body",
                format!("不接受这种文件；可以是：{allowed}"),
                format!("this kind of file is not taken; allowed: {allowed}"),
            )
        })?;
        let digest = Sha256::digest(&body);
        let file = StoredFile {
            hash: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
            media_type: media_type.to_owned(),
            bytes: body.len() as u64,
            created_at: self.now(),
        };
        let day_ago = self.now().plus_hours(-24);
        let by = &caller.person.id;
        let uploaded = self.store().uploaded_since(by, day_ago).await?;
        if uploaded.saturating_add(file.bytes) > limits::UPLOADS_A_DAY {
            let most = limits::UPLOADS_A_DAY / (1024 * 1024);
            let words = Bilingual::new(
                format!("一天最多上传 {most} MiB，今天已满；请明天再传，或联系管理员"),
                format!("at most {most} MiB can be uploaded a day; go on tomorrow, or ask an administrator"),
            );
            return Err(AppError::Told(Code::TooLarge, words));
        }
        self.store().put_file(&file, by, body).await?;
        Ok(UploadedFile {
            hash: file.hash,
            media_type: file.media_type,
            bytes: file.bytes,
        })
    }

    /// What the bytes told when the file was uploaded.
    pub(crate) async fn uploaded(&self, asked: Attachment) -> Result<Attachment, AppError> {
        let file = self.store().file(&asked.hash).await?;
        let file = file.ok_or_else(|| {
            AppError::field(
                "hash",
                "没有上传过这个文件；请先上传",
                "no such file was uploaded; upload it first",
            )
        })?;
        Ok(Attachment {
            media_type: file.media_type,
            bytes: file.bytes,
            ..asked
        })
    }

    /// A file of a case; who saw it is on record.
    pub async fn attachment(&self, caller: &Caller, id: &str, hash: &str) -> Result<FileView, AppError> {
        permission::require(caller.role, Verb::ReadAttachment)?;
        let case = self.find_case(id).await?;
        let known = case.attachments.iter().find(|file| file.hash == hash);
        let missing = || AppError::not_found("附件", "file");
        let attachment = known.ok_or_else(missing)?;
        let body = self.store().file_body(&case.id, hash).await?;
        let body = body.ok_or_else(missing)?;
        self.note_audit(&caller.person.id.0, "attachment_seen", &case.id.0, hash)
            .await?;
        Ok(FileView {
            name: attachment.name.clone(),
            media_type: attachment.media_type.clone(),
            body,
        })
    }
}

/// The media type that the bytes themselves tell, when it is one that may be attached.
fn media_type_of(body: &[u8]) -> Option<&'static str> {
    let told = infer::get(body).map(|kind| kind.mime_type());
    let plain =
        || std::str::from_utf8(body).is_ok_and(|text| !text.contains('\0') && !looks_like_markup(text));
    match told {
        Some(told) => TYPES.iter().copied().find(|known| *known == told),
        None => plain().then_some(TEXT),
    }
}

/// Text that a browser might take for a page.
fn looks_like_markup(text: &str) -> bool {
    text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n'])
        .starts_with('<')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_what_they_are() {
        assert_eq!(media_type_of(b"\x89PNG\r\n\x1a\n0000"), Some("image/png"));
        assert_eq!(media_type_of(b"%PDF-1.7 ..."), Some("application/pdf"));
        assert_eq!(media_type_of("收据：299 元".as_bytes()), Some(TEXT));
        assert_eq!(media_type_of(b"<svg onload=alert(1)>"), None);
        assert_eq!(media_type_of(b"  <html>"), None);
        assert_eq!(media_type_of(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0"), None);
        assert_eq!(media_type_of(b"a\0b"), None);
    }
}
