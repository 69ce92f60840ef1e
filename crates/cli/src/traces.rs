//! Traces to a collector (OTLP over HTTP): one span for each request, without anything personal.

use opentelemetry::trace::TracerProvider;
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use tracing_subscriber::{Layer, filter::filter_fn, registry::LookupSpan};

use crate::log::Log;

/// The variable that every collector's documentation names; without it no traces are made.
pub(crate) const ENDPOINT: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";

/// What sends spans to the collector that the environment names; nothing when it names none.
pub(crate) fn layer<S>() -> Option<(Box<dyn Layer<S> + Send + Sync>, Log)>
where
    S: tracing::Subscriber + for<'s> LookupSpan<'s> + Send + Sync,
{
    std::env::var_os(ENDPOINT).filter(|endpoint| !endpoint.is_empty())?;
    let made = opentelemetry_otlp::SpanExporter::builder().with_http().build();
    let exporter = match made {
        Ok(exporter) => exporter,
        Err(error) => {
            eprintln!("no traces are sent: {error}");
            return None;
        }
    };
    let traces = SdkTracerProvider::builder()
        .with_batch_exporter(exporter)
        .with_resource(Resource::builder().with_service_name("tingsu").build())
        .build();
    // Only our own spans, and no lines of the log: those of libraries may hold what was asked for.
    let is_ours = filter_fn(|told| told.is_span() && told.target() == server::SPANS);
    let layer = tracing_opentelemetry::layer()
        .with_tracer(traces.tracer("tingsu"))
        .with_location(false)
        .with_threads(false)
        .with_tracked_inactivity(false)
        .with_filter(is_ours);
    Some((layer.boxed(), Log::with_traces(traces)))
}
