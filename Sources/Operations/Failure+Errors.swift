import Datasets
import NeuralNetworks
import Records
import Registry
import Signing
import TransparencyLog
import Unlearning
import Verification

extension Failure {
  /// An error of any room as the command line tells it; nil for one that is not of a room.
  package static func explaining(_ error: any Error) -> Failure? {
    switch error {
    case let failure as Failure: failure
    case let error as RegistryError: registry(error)
    case let error as SigningError: Failure(error.description, kind: .unverified)
    case let error as LogError: Failure(error.description, kind: .unverified)
    case let error as DatasetError: Failure(error.description)
    case let error as NetworkError: Failure(error.description)
    case let error as WeightFileError: Failure(error.description)
    case let error as UnlearningError: Failure(error.description)
    case let error as VerificationError: Failure(error.description)
    case let error as CanonicalTextError: Failure(error.description)
    case let error as SelectorError: Failure(error.description)
    default: nil
    }
  }

  private static func registry(_ error: RegistryError) -> Failure {
    let kind: Kind =
      switch error {
      case .stateRefused, .clockBehind: .refused
      // Who may not read a part has learned nothing against it.
      case .sealed(_, .forbidden): .failed
      case .sealed: .unverified
      case _ where error.isCorruption: .unverified
      default: .failed
      }
    return Failure(error.description, kind: kind)
  }
}
