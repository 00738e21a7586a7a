import Records

extension Report {
  var document: Document {
    Document(title: "", verdict: certificate.judgement.verdict, answer: answer, facts: [], sections: [])
  }
}
