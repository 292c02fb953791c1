"""Every error that unionkg raises on purpose.

    UnionkgError
    ├── DocumentError            a source file cannot be used; the run goes on without it
    │   ├── MissingFile          there is nothing at the path
    │   ├── UnreadableFile       it is there and cannot be opened
    │   ├── EmptyFile            it holds no text
    │   ├── UndecodableFile      its bytes are no text in any accepted encoding
    │   ├── OversizedFile        it is larger than the limit
    │   ├── UnknownFormat        no reader takes this kind of file
    │   ├── DocumentFault        the program raised an error over it that is none of ours
    │   ├── DocumentLost         it ended the process that was at work on it
    │   └── DocumentTimeout      it took longer than the limit
    ├── InvalidExtraction        an extraction breaks the document contract
    ├── MissingEvidence          a fact is not backed by its quote at its offsets
    ├── NotAKnowledgeGraph       a folder is not one that `build` left, or its store is damaged
    ├── BuildInProgress          another live process is writing the folder
    ├── UnwritableFolder         a folder cannot be written: no room, no permission, or not to be replaced
    ├── NoDocuments              no document could be read, so there is nothing to build
    ├── WorkerLost               no process can be started that would do the work
    ├── MissingExtra             a part of unionkg is asked for that was not installed
    ├── UnusableCluster          a Dask cluster cannot be reached, has another version, or was lost
    ├── InvalidQuery             a SPARQL text does not parse or is refused
    ├── QueryTimeout             a query took longer than its limit, and was ended
    ├── QueryTooLarge            a query took more memory than its limit and was ended, or its answer has too many bytes
    ├── QueryLost                the process that answers queries crashed, was ended, or cannot be started
    │   └── QueryCrash           the query crashes the process that answers it
    ├── TooManyQueries           a query had to wait too long, or would keep others waiting
    ├── UnknownQuestion          no saved question of that name
    ├── UnknownFormatName        no exporter of that name
    ├── UnusableFormat           another package's exporter cannot be loaded
    ├── InvalidRdf               a file of RDF does not parse, or holds what is not RDF 1.1
    ├── InvalidLedger            a ledger of corrections cannot be read, or judges in a way there is not
    ├── OrphanedJudgement        a judgement of a ledger speaks of what the corpus does not have
    ├── UnusableTable            a table to be linked cannot be read, or a row of it cannot
    ├── UnusableService          a reconciliation service does not answer, or not as the specification has it
    ├── InvalidRequest           a request to a reconciliation service is not as the specification has it
    │   └── RequestTooLarge      it asks for more than is answered at once
    ├── UnusableAddress          a server cannot listen where it should
    ├── UnknownEntity            no entity of the graph goes by that name
    ├── UnknownDocument          no document of the graph has that id
    ├── AmbiguousEntity          several entities go by that name
    ├── UnknownPage              a list has no page of that number
    └── InvalidOption            an option has a value outside its range

A message says what is wrong, the value, the place, and what is accepted.
"""


class UnionkgError(Exception):
    """The base of all errors that unionkg raises on purpose."""


class DocumentError(UnionkgError):
    """A source file cannot be used. The run goes on; the manifest names the file."""


class MissingFile(DocumentError):
    """There is no file or folder at a path that was given."""


class UnreadableFile(DocumentError):
    """A file is there and cannot be opened: no permission, a password, or not what its suffix says."""


class EmptyFile(DocumentError):
    """A file holds no text, or nothing but white space."""


class UndecodableFile(DocumentError):
    """A file's bytes are no text in any accepted encoding."""


class OversizedFile(DocumentError):
    """A file is larger than the limit for one document."""


class UnknownFormat(DocumentError):
    """No reader takes this kind of file."""


class DocumentFault(DocumentError):
    """The program raised an error over a document that it should not raise: a fault of ours that spoils this document."""


class DocumentLost(DocumentError):
    """The process that was at work on a document ended, and so did a second one."""


class DocumentTimeout(DocumentError):
    """A document took longer than the limit for one document."""


class InvalidExtraction(UnionkgError):
    """An extraction breaks the document contract."""


class MissingEvidence(UnionkgError):
    """A fact is not backed by its quote at its offsets."""


class NotAKnowledgeGraph(UnionkgError):
    """A folder is not one that `unionkg build` left, or what a query reads of it is damaged."""


class BuildInProgress(UnionkgError):
    """Another live process is writing the same folder."""


class UnwritableFolder(UnionkgError):
    """A folder cannot be written: there is no room or no permission, the disk fails, or it cannot be replaced."""


class NoDocuments(UnionkgError):
    """Not one document could be read: there is nothing to extract or build from."""


class WorkerLost(UnionkgError):
    """No process can be started that would do the work: its models are missing, or it ends before it has loaded them."""


class MissingExtra(UnionkgError):
    """A part of unionkg is asked for whose libraries were not installed with it."""


class UnusableCluster(UnionkgError):
    """A Dask cluster cannot be reached, has another version of unionkg, or was lost."""


class InvalidQuery(UnionkgError):
    """A SPARQL text does not parse, or asks for something that is refused."""


class QueryTimeout(UnionkgError):
    """A query took longer than its limit. Its process was ended."""


class QueryTooLarge(UnionkgError):
    """A query took more memory than its limit, and its process was ended; or its answer has more bytes than the limit."""


class QueryLost(UnionkgError):
    """The process that answers queries crashed over one, was ended by somebody, or cannot be started."""


class QueryCrash(QueryLost):
    """The query crashes the process that answers it, and would crash the next one too: it is nested too deep, as a rule."""


class TooManyQueries(UnionkgError):
    """More queries are asked at a time than are answered, or more that take long."""


class UnknownQuestion(UnionkgError):
    """There is no saved question of the name that was asked for."""


class UnknownFormatName(UnionkgError):
    """There is no exporter of the name that was asked for."""


class UnusableFormat(UnionkgError):
    """An exporter that another package brings cannot be loaded, is none, or shares its name with another package's."""


class InvalidRdf(UnionkgError):
    """A file of RDF does not parse, or holds what is not RDF 1.1."""


class InvalidLedger(UnionkgError):
    """A ledger of corrections cannot be read, or a line of it is no judgement."""


class OrphanedJudgement(UnionkgError):
    """A judgement of a ledger cannot be applied to this corpus; the build reports it and goes on."""


class UnusableTable(UnionkgError):
    """A table that should be linked cannot be read, or a row of it cannot."""


class UnusableService(UnionkgError):
    """A reconciliation service cannot be reached, does not answer in time, or answers what no such service may."""


class InvalidRequest(UnionkgError):
    """A request to the reconciliation service of a graph does not parse, or is not as the specification has it."""


class RequestTooLarge(InvalidRequest):
    """A request to the reconciliation service of a graph asks for more than is answered at once."""


class UnusableAddress(UnionkgError):
    """A server cannot listen at the address that was given: it is in use, not this machine's, or not allowed."""


class UnknownEntity(UnionkgError):
    """No entity of the graph has the id, the name or the alias that was given."""


class UnknownDocument(UnionkgError):
    """No document of the graph has the id that was given."""


class AmbiguousEntity(UnionkgError):
    """Several entities go by a name where one is wanted; the notes of the error name them."""


class UnknownPage(UnionkgError):
    """A page of a long list is asked for that it does not have."""


class InvalidOption(UnionkgError):
    """An option has a value outside its range."""
