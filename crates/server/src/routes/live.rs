//! What changes, live: server-sent events that resume where the last connection ended.

use std::{collections::VecDeque, convert::Infallible, sync::Arc, time::Duration};

use app::{App, Code};
use axum::{
    extract::State,
    http::HeaderMap,
    response::sse::{Event, Sse},
};
use futures_util::{Stream, StreamExt, stream};
use serde_json::json;
use tokio::{
    sync::{OwnedSemaphorePermit, broadcast, watch},
    time::{Instant, timeout},
};
use wire::{event::LiveEvent, presence::Presence, time::rfc3339};

use crate::{
    api::Server,
    extract::Signed,
    failure::Failure,
    limits::{HEARTBEAT, STREAM_LIFE},
};

const RETRY: Duration = Duration::from_secs(2);

/// What changes, as server-sent events: `case` for every event of a case, `presence` when somebody comes to a case,
/// writes or leaves, `tick` when nothing happens.
#[utoipa::path(get, path = "/events", tag = "live",
    params(("Last-Event-ID" = Option<String>, Header, description = "Resume after this event")),
    responses((status = 200, content_type = "text/event-stream", body = LiveEvent, description = "A stream that does not end")))]
pub(crate) async fn follow(
    State(server): State<Server>,
    Signed(caller): Signed,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Failure> {
    let seat = Arc::clone(&server.streams)
        .try_acquire_owned()
        .map_err(|_| Code::TooManyStreams)?;
    let after = headers
        .get("last-event-id")
        .and_then(|id| id.to_str().ok()?.parse().ok());
    let cursor = server.app.follow(&caller, after).await?;
    Ok(Sse::new(Follower::start(server, cursor, seat)))
}

/// One live stream.
struct Follower {
    app: App,
    cursor: i64,
    news: watch::Receiver<i64>,
    presence: broadcast::Receiver<Presence>,
    stopping: watch::Receiver<bool>,
    pending: VecDeque<(i64, LiveEvent)>,
    ends_at: Instant,
    _seat: OwnedSemaphorePermit,
}

impl Follower {
    fn start(
        server: Server,
        cursor: i64,
        seat: OwnedSemaphorePermit,
    ) -> impl Stream<Item = Result<Event, Infallible>> {
        let follower = Self {
            news: server.app.bus().listen(),
            presence: server.app.listen_presence(),
            app: server.app,
            stopping: server.stopping,
            cursor,
            pending: VecDeque::new(),
            ends_at: Instant::now() + STREAM_LIFE,
            _seat: seat,
        };
        // The first event tells the place to resume from, even when nothing changes for long.
        let hello = Event::default()
            .event("tick")
            .id(cursor.to_string())
            .retry(RETRY)
            .data("{}");
        stream::once(async { Ok(hello) }).chain(stream::unfold(follower, Self::next))
    }

    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        if Instant::now() >= self.ends_at {
            return None;
        }
        if self.pending.is_empty() {
            self.load().await;
        }
        if self.pending.is_empty() {
            let heard = self.wait().await;
            if *self.stopping.borrow() {
                return None;
            }
            // Presence is worth nothing later, so it has no place to resume from.
            if let Some(presence) = heard {
                return Some((Ok(write_presence(&presence)), self));
            }
            self.load().await;
        }
        let event = match self.pending.pop_front() {
            Some((sequence, live)) => {
                self.cursor = sequence;
                write_event(&live).id(sequence.to_string())
            }
            None => Event::default()
                .event("tick")
                .data(json!({"at": rfc3339(self.app.now())}).to_string()),
        };
        Some((Ok(event), self))
    }

    /// Waits for news, for the heartbeat, or for the end; answers who came or went, if that was it. A sender that is
    /// gone is as good as silent.
    async fn wait(&mut self) -> Option<Presence> {
        let stop = async {
            if self.stopping.wait_for(|stopping| *stopping).await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            _ = timeout(HEARTBEAT, self.news.changed()) => None,
            heard = self.presence.recv() => heard.ok(),
            () = stop => None,
        }
    }

    /// Reads what is new; a store that fails is asked again at the next heartbeat.
    async fn load(&mut self) {
        self.news.borrow_and_update();
        match self.app.live_feed(self.cursor).await {
            Ok(feed) => self.pending.extend(feed.events),
            Err(error) => tracing::warn!(
                error = &error as &dyn std::error::Error,
                "live events could not be read"
            ),
        }
    }
}

fn write_event(live: &LiveEvent) -> Event {
    Event::default().event("case").json_data(live).unwrap_or_default()
}

fn write_presence(presence: &Presence) -> Event {
    Event::default()
        .event("presence")
        .json_data(presence)
        .unwrap_or_default()
}
