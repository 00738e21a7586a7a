import FoundationEssentials
import Glibc
import Records
import Registry

/// What lies in the folder of reports beside the reports that follow from the log.
///
/// Who looks for a paper there takes what is called one for one, so such a file that no certificate
/// names is a forgery until somebody says otherwise. Nothing is reached through a link.
struct ReportScan {
  /// `Reports`.
  private let root: String
  /// The files that follow from the log, relative to the root, and the folders they lie in.
  private let files: Set<String>
  private let folders: Set<String>
  private(set) var findings: [Finding] = []

  init(_ root: String, files: Set<String>) {
    self.root = root
    self.files = files
    var folders: Set<String> = []
    for file in files {
      var rest = file[...]
      while let slash = rest.lastIndex(of: "/") {
        rest = rest[..<slash]
        folders.insert(String(rest))
      }
    }
    self.folders = folders
    walk("", isStrange: false)
  }

  /// Everything below a folder, in the order of the names; of a strange one only what matters.
  private mutating func walk(_ folder: String, isStrange: Bool) {
    let path = folder.isEmpty ? root : "\(root)/\(folder)"
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      // There need not be any reports.
      if Self.kind(of: path) != nil {
        findings.append(
          Finding.note(path, "was not searched for forged papers: it cannot be read"))
      }
      return
    }
    for name in names.sorted(by: ByteOrder.precedes) {
      let file = folder.isEmpty ? name : "\(folder)/\(name)"
      switch Self.kind(of: "\(root)/\(file)") {
      case S_IFLNK: link(file, name, isStrange: isStrange)
      case S_IFDIR:
        let isKnown = folders.contains(file)
        if !isKnown, !isStrange { note(file) }
        walk(file, isStrange: !isKnown)
      case nil:
        find(file, "is called by bytes that are no text, so it was not looked into")
      default:
        if files.contains(file) { continue }
        if ReportFolder.isNameOfOurs(name) {
          find(file, "is named by no certificate of the log: it is none of the registry's papers")
        } else if !isStrange {
          note(file)
        }
      }
    }
  }

  /// A link: what it shows could be a paper by its own name, or by the name of what lies behind it.
  private mutating func link(_ file: String, _ name: String, isStrange: Bool) {
    var status = stat()
    let leadsOn =
      unsafe stat("\(root)/\(file)", &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    if leadsOn || files.contains(file) || ReportFolder.isNameOfOurs(name) {
      find(file, "is a link: what it leads to is none of the registry's papers")
    } else if !isStrange {
      note(file)
    }
  }

  private mutating func find(_ file: String, _ problem: String) {
    findings.append(Finding("\(root)/\(file)", problem, isGood: false))
  }

  private mutating func note(_ file: String) {
    findings.append(
      Finding.note("\(root)/\(file)", "is no file of a report that the log names"))
  }

  /// What kind of thing lies at a path, as in `st_mode`, links not followed.
  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return nil }
    return status.st_mode & S_IFMT
  }
}

extension Workplace {
  /// What lies in the folder of reports and follows from no certificate.
  func strayReports(in store: RegistryStore) throws -> [Finding] {
    guard try store.state.cases.indices.allSatisfy({ try store.readable($0) != nil }) else {
      return [
        Finding.note(
          reportsPath,
          "was not searched for forged papers: of which requests its folders are is sealed from this "
            + "user")
      ]
    }
    var files: Set<String> = []
    for certificate in store.state.certificates {
      files.formUnion(
        try ReportFolder(of: certificate.envelope, workplace: self, store: store).names)
    }
    return ReportScan(reportsPath, files: files).findings
  }
}
