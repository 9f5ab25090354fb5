//! Connecting Google BigQuery: a service account of Segment's own, and its JSON key.

use super::{Format, Guide, Language, Script, asked, note, step};

const DOCS: &str = "https://segment.com/docs/connections/storage/catalog/bigquery/";

pub(in crate::warehouse) static BIGQUERY: Guide = Guide {
    docs: DOCS,
    fields: &[
        asked("projectId", "Project ID", "the id of a project with billing", Format::ProjectId),
        asked("location", "Location", "the region code of the datasets", Format::Location).usually("US"),
        asked(
            "credentials",
            "Credentials",
            "the JSON key of the service account, for Segment's form alone",
            Format::ServiceAccountKey,
        ),
        asked("serviceAccount", "", "the name of the service account", Format::ServiceAccount)
            .usually("segment-warehouses")
            .for_scripts(),
    ],
    // BigQuery's own SQL grants no roles on a project: https://cloud.google.com/bigquery/docs/reference/standard-sql/data-control-language
    scripts: &[Script {
        language: Language::Shell,
        place: "Cloud Shell, or a terminal with gcloud, as an owner of the project",
        steps: &[
            step("BigQuery, enabled.", "gcloud services enable bigquery.googleapis.com --project={projectId}"),
            step(
                "The service account Segment connects as.",
                "gcloud iam service-accounts create {serviceAccount} --project={projectId}",
            ),
            step(
                "It may make datasets and tables, and write them.",
                "gcloud projects add-iam-policy-binding {projectId} \\\n  \
                 --member=serviceAccount:{serviceAccount}@{projectId}.iam.gserviceaccount.com \\\n  \
                 --role=roles/bigquery.dataOwner",
            ),
            step(
                "It may run jobs.",
                "gcloud projects add-iam-policy-binding {projectId} \\\n  \
                 --member=serviceAccount:{serviceAccount}@{projectId}.iam.gserviceaccount.com \\\n  \
                 --role=roles/bigquery.jobUser",
            ),
            step(
                "Its JSON key, whose text Segment's form takes.",
                "gcloud iam service-accounts keys create segment_key.json \\\n  \
                 --iam-account={serviceAccount}@{projectId}.iam.gserviceaccount.com",
            ),
        ],
    }],
    network: None,
    notes: &[
        note("BigQuery needs no allow-list.", "https://segment.com/docs/guides/regional-segment/"),
        note("Billing must be enabled for the project.", DOCS),
        note("The shared account connector@segment-1119.iam.gserviceaccount.com is retired.", DOCS),
        note("BigQuery Data Editor does as well as BigQuery Data Owner.", DOCS),
    ],
};
