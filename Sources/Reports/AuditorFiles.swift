/// The names an auditor types, relative to the folder of the report.
package struct AuditorFiles: Hashable, Sendable {
  /// The Ed25519 keys of those who sign certificates and events, PEM.
  package let engineKey: String
  package let verifierKey: String
  /// The Ed25519 key of the log's keeper, who signs its checkpoints, PEM.
  package let logKey: String
  /// The ECDSA P-256 key that signs models, PEM.
  package let publisherKey: String
  /// The DSSE envelope, one line of JSON.
  package let certificate: String
  /// The event that issued the certificate: the bytes that are a leaf of the log.
  package let event: String
  /// The proof that the event is in the log, a C2SP tlog-proof@v1.
  package let proof: String
  /// The script that checks all of these; its text is an `AuditorScript`.
  package let script: String
  /// Where the version is exported to.
  package let modelDirectory: String
  /// The weights in that folder.
  package let weights: String
  /// The model signature in that folder.
  package let modelSignature: String
  /// How this program is called.
  package let program: String
  /// The registry's folder, when it must be given; nil where the program finds it by itself.
  package let registry: String?

  package init(
    engineKey: String = "engine.pub.pem", verifierKey: String = "verifier.pub.pem",
    logKey: String = "log.pub.pem", publisherKey: String = "publisher.pub.pem",
    certificate: String = "certificate.intoto.jsonl", event: String = "certificate.event.json",
    proof: String = "certificate.tlog-proof", script: String = "check.sh", modelDirectory: String,
    weights: String = "model.safetensors", modelSignature: String = "model.sig",
    program: String = "imu-registry", registry: String? = nil
  ) {
    self.engineKey = engineKey
    self.verifierKey = verifierKey
    self.logKey = logKey
    self.publisherKey = publisherKey
    self.certificate = certificate
    self.event = event
    self.proof = proof
    self.script = script
    self.modelDirectory = modelDirectory
    self.weights = weights
    self.modelSignature = modelSignature
    self.program = program
    self.registry = registry
  }
}
