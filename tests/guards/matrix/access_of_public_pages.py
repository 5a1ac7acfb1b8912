"""The programme, published plans and what we say of ourselves: anybody reads them."""

from collections.abc import Mapping

from tests.guards.matrix.access_rules import ANYBODY, Access

ACCESS_OF_PUBLIC_PAGES: Mapping[str, Access] = {
    "public.start": ANYBODY,
    "public.home": ANYBODY,
    "public.plans": ANYBODY,
    "public.verification": ANYBODY,
    "public.municipality": ANYBODY,
    "public.plan": ANYBODY,
    "public.plan_version": ANYBODY,
    "public.plan_file": ANYBODY,
    "public.plan_version_file": ANYBODY,
    "public.home_picture": ANYBODY,
    "public.picture": ANYBODY,
    "public.animators": ANYBODY,
    "public.animator_photo": ANYBODY,
    "public.privacy": ANYBODY,
    "public.accessibility": ANYBODY,
    "public.privacy_in_ones_language": ANYBODY,
    "public.accessibility_in_ones_language": ANYBODY,
    "public.robots": ANYBODY,
    "public.sitemap": ANYBODY,
}
