"""What was said in a recording, as a page that everybody can read."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from core import storage
from public.addresses import in_both_languages
from public.blueprint import bp
from webinars.recordings import captions, queries


@in_both_languages(bp, "/{webinars}/<int:webinar_id>/{transcript}")
def webinar_transcript(lang: str, webinar_id: int) -> ResponseReturnValue:
    """The transcript; where there is none the captions, in paragraphs."""
    recording = queries.recording_of(webinar_id)
    if recording is None or not recording.is_published or not recording.has_text:
        abort(404)
    file = None if recording.transcript else recording.captions_file
    return render_template(
        "public/webinars/transcript.html",
        webinar=recording.webinar,
        recording=queries.shown(recording),
        passages=captions.passages(storage.read(file)) if file else [],
    )
