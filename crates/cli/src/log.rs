//! The log of a server, and its traces where the build can send them.

use tracing_subscriber::{
    EnvFilter, Layer, layer::SubscriberExt, registry::LookupSpan, util::SubscriberInitExt,
};

/// What has to be sent before the server ends.
#[derive(Default)]
pub(crate) struct Log {
    #[cfg(feature = "otlp")]
    traces: Option<opentelemetry_sdk::trace::SdkTracerProvider>,
}

impl Log {
    /// Sends what still waits.
    pub(crate) fn end(self) {
        #[cfg(feature = "otlp")]
        if let Some(Err(error)) = self.traces.map(|traces| traces.shutdown()) {
            tracing::warn!(%error, "the last traces were not sent");
        }
    }
}

/// The log goes to stderr; `TINGSU_LOG` chooses what, such as `debug` or `store=trace`.
pub(crate) fn start(json: bool) -> Log {
    #[cfg(feature = "otlp")]
    if let Some((layer, log)) = crate::traces::layer() {
        tracing_subscriber::registry()
            .with(layer)
            .with(lines(json))
            .init();
        return log;
    }
    tracing_subscriber::registry().with(lines(json)).init();
    Log::default()
}

fn lines<S>(json: bool) -> Box<dyn Layer<S> + Send + Sync>
where
    S: tracing::Subscriber + for<'s> LookupSpan<'s> + Send + Sync,
{
    let filter = EnvFilter::try_from_env("TINGSU_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    match json {
        true => lines.json().with_filter(filter).boxed(),
        false => lines.with_filter(filter).boxed(),
    }
}

#[cfg(feature = "otlp")]
impl Log {
    /// A log whose traces have to be sent at the end.
    pub(crate) fn with_traces(traces: opentelemetry_sdk::trace::SdkTracerProvider) -> Self {
        Self { traces: Some(traces) }
    }
}
