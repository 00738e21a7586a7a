import Records

extension Report {
  /// The words an officer may not use every day.
  var glossarySection: Section {
    Section(
      id: "glossary", title: "Glossary",
      blocks: [
        .facts([
          Fact(
            name: "Forget set",
            value: "the person's training records; the records that stay are the retain set"),
          Fact(
            name: "Held-out records",
            value: "records that no version was trained on, kept to measure with"),
          Fact(
            name: "Feature extractor, classifier",
            value:
              "the layers that describe a record, and the last layer that names it; forgetting in the classifier alone leaves the description as it was"
          ),
          Fact(
            name: "Influence",
            value:
              "an estimate of how much each record moved the model's answers on the records to forget"
          ),
          Fact(
            name: "Membership inference",
            value:
              "an attack that guesses from a model's confidence whether a record was in its training; an area under the curve (AUC) of 0.5 is guessing, 1 is certainty"
          ),
          Fact(
            name: "95 % interval",
            value:
              "the range of true values that the measurement cannot tell apart; fewer records make it wider, and verdicts rest on its ends"
          ),
          Fact(
            name: "Points",
            value: "percentage points, the difference of two percentages"),
          Fact(
            name: "Reference",
            value: "a model retrained without the person: what forgetting should look like"),
          Fact(
            name: "Exposed, mitigated, clear",
            value:
              "a version trained on the person; one with a certificate of WARN since; one that never saw the person or has a certificate of PASS since"
          ),
          Fact(
            name: "Inconclusive, not assessed",
            value:
              "measured on too few records to tell; not measured because something was not at hand"),
        ])
      ])
  }
}
