/// Every command, in the order of the help page; a new one is its own file and a line here.
package let commandTable: [any Command.Type] = [
  InitCommand.self,
  DatasetAddCommand.self, DatasetListCommand.self, DatasetShowCommand.self,
  TrainCommand.self, ImportCommand.self, ExportCommand.self, EvaluateCommand.self,
  ListCommand.self, ShowCommand.self, LineageCommand.self, DiffCommand.self,
  RequestOpenCommand.self, RequestApproveCommand.self, RequestRefuseCommand.self,
  RequestListCommand.self, RequestShowCommand.self,
  ForgetCommand.self, VerifyCommand.self, ReportCommand.self,
  PromoteCommand.self, RollbackCommand.self,
  DerivedListCommand.self, DerivedDiscardCommand.self,
  PolicyListCommand.self, PolicyAllowCommand.self, PolicyWithdrawCommand.self,
  LogShowCommand.self, LogProveCommand.self, LogVerifyCommand.self, LogExportCommand.self,
  LogWitnessCommand.self, LogClockCommand.self, LogAcknowledgeCommand.self,
  AuditCommand.self, FsckCommand.self, LedgerDumpCommand.self,
  KeyListCommand.self, KeyExportCommand.self,
]
