using System.Collections.Frozen;

namespace Pipeline.Functions.Configuration;

/// <summary>One line for each setting there is, in the order in which they are told.</summary>
internal static class SettingTexts
{
    public static IReadOnlyList<SettingText> All { get; } =
    [
        new("Buckets:N:Bucket", "a bucket whose uploads are classified", Allowed: "a bucket's name, each once"),
        new("Buckets:N:Results", "the collection of its results; needed with more than one bucket", Allowed: "a collection's path, distinct"),
        new("Buckets:N:DeadLetters", "the collection of its dead letters; needed with more than one bucket", Allowed: "a collection's path, distinct"),
        new("Rules:N:Bucket", "the bucket that the rule speaks of", Allowed: "a configured bucket, or * for any of them"),
        new("Rules:N:Match", "the names that it takes; the first rule that matches wins", Allowed: "segments joined by /: a text, *, ** or {name}"),
        new("Rules:N:Types:N", "content types that it takes", Allowed: "image/png, image/* or */*"),
        new("Rules:N:Model", "the model that classifies", Allowed: "a configured model's name"),
        new("Rules:N:Document", "a document of your own that receives the public part of the result", Allowed: "a document's path with {captures}"),
        new("Rules:N:Field", "the field of that document", Allowed: "a field's path"),
        new("Rules:N:Create", "whether that document is created where it is missing"),
        new("Models:N:Name", "what rules call the model", Allowed: "a name, each once"),
        new("Models:N:Folder", "its package, or a folder of versions; relative to the program", Allowed: "a folder"),
        new("Models:N:Required", "whether readiness waits for it"),
        new("Models:N:Version", "the version to serve, where the folder holds versions", Allowed: "latest, or a whole number"),
        new("DefaultModel", "the model of rules that name none; else the first", Allowed: "a configured model's name"),
        new("ModelReadyWait", "how long a request waits for a model that is being loaded"),
        new("ModelRetryAfter", "how long after a failure a model is loaded again"),
        new("ModelPollInterval", "how often model folders are looked at for newer versions; 0s for never"),
        new("ModelSettleTime", "how long a newer version's files must have stood still before they are loaded"),
        new("Limits:MaxBytes", "the largest object", "bytes"),
        new("Limits:MaxPixels", "the largest picture", "pixels"),
        new("Limits:MaxSide", "the longest side of a picture", "pixels"),
        new("Limits:MaxDecodeMemory", "the memory that decoding one picture may take", "bytes"),
        new("Limits:MaxDecodeTime", "the time that decoding one picture may take"),
        new("Limits:MaxTime", "the time from decoding to labels"),
        new("Limits:Concurrency", "pictures in memory at once", "pictures"),
        new("Lease", "how long a claim holds without renewal; whole seconds"),
        new("Concurrency", "uploads worked on at once", "uploads"),
        new("QueueLength", "uploads that may wait; more are answered with 503", "uploads"),
        new("RetryAfter", "what a 503 tells the caller to wait"),
        new("DownloadTimeout", "the time that one request to the object store may take"),
        new("ClassificationTimeout", "the time that one upload may take in all"),
        new("ShutdownTimeout", "the time left on shutdown to record an outcome or give a claim back"),
        new("ResultsExpireAfter", "results carry expireAt, this long after their last change"),
        new("Retries:FirstDelay", "the wait after the first failure; doubled after each"),
        new("Retries:LargestDelay", "the longest wait"),
        new("Retries:Jitter", "how much longer a wait may be by chance", "share"),
        new("Retries:MaxAttempts", "attempts before a dead letter is parked", "attempts"),
        new("Retries:ConfigurationDelay", "the wait after a failure of the configuration"),
        new("Retries:ConfigurationLimit", "how long such failures are tried again before the letter is parked"),
        new("Sweep:PageSize", "letters looked at in one sweep", "letters"),
        new("Sweep:Concurrency", "letters worked on at once", "letters"),
        new("Sweep:MaxItems", "letters and leases taken up in one sweep", "items"),
        new("Sweep:StartWithin", "after this, a sweep begins nothing new"),
        new("Sweep:StopAfter", "after this, a sweep gives back what it is working on"),
        new("Quota:Requests", "requests to classify again, for each owner", "requests"),
        new("Quota:Window", "the time in which those requests count"),
        new("Quota:Collection", "the collection that counts them", Allowed: "a collection's path"),
        new("Embedded:Data", "the folder of documents and buckets on this machine", Allowed: "a folder"),
        new("Embedded:Documents", "the database of documents; else documents.db in the data folder", Allowed: "a file"),
        new("Embedded:Folder", "the folder of the buckets; else buckets in the data folder", Allowed: "a folder"),
        new("Embedded:BusyTimeout", "how long a writer waits for another", Allowed: "1ms to 10min"),
        new("Embedded:HistoryLimit", "document changes that are kept for listeners", "changes", "0 and more"),
        new("Embedded:StallTimeout", "after this without a byte, reading a file ends", Allowed: "1ms to 1h"),
        new("Embedded:MaxObjectBytes", "the largest upload that the local endpoint takes", "bytes", "1 and more"),
        new("Embedded:RescanInterval", "how often the folder is looked at as a whole", Allowed: "100ms to 1d"),
        new("Embedded:SettleTime", "how long a copied file must have stood still", Allowed: "10ms to 1min"),
        new("Firestore:EmulatorHost", "the Firestore emulator that holds the documents; else FIRESTORE_EMULATOR_HOST", Allowed: "host:port"),
        new("Firestore:Project", "the project whose Firestore holds the documents; else they are on this machine", Allowed: "a project's id"),
        new("Firestore:Database", "the database", Allowed: "(default), or a database's id"),
        new("Firestore:ConnectTimeout", "how long a connection may take to be made", Allowed: "100ms to 1min"),
        new("Firestore:RequestTimeout", "how long one request may take; a commit that takes longer has an unknown outcome", Allowed: "100ms to 1min"),
        new("Firestore:TotalTimeout", "how long a read may take with its retries", Allowed: "100ms to 5min"),
        new("Firestore:RetryDelay", "the wait before the first retry; it doubles", Allowed: "1ms to 1min"),
        new("Firestore:MaxAnswerBytes", "the largest answer that is read", "bytes", "65536 to 1073741824"),
        new("Callers:Mode", "who checks the callers of events, Maintain and warm-ups; else Open on one machine, Platform on Cloud Run"),
        new("Callers:Audiences:N", "an address that callers make their tokens for", Allowed: "a text; with Verify at least one"),
        new("Callers:Accounts:N", "a service account that may call", Allowed: "an e-mail address; with Verify at least one"),
        new("Callers:AcceptRemovedSignature", "whether tokens count whose signature the platform took away after checking it; with Platform only"),
        new("Callers:ClockTolerance", "how far the clocks of issuer and machine may be apart", Allowed: "0s to 5min"),
        new("Callers:Keys", "where the public keys of Google's accounts are", Allowed: "an https address"),
        new("Users:Project", "the project whose users' tokens Classify takes; else the project that the process runs in", Allowed: "a project's id"),
        new("Users:SignInRequired", "whether Classify is for signed-in users only"),
        new("Users:AppCheckProjectNumber", "enforces App Check on Classify for the project with this number", Allowed: "digits"),
        new("Users:Keys", "where the certificates of Firebase Authentication are", Allowed: "an https address"),
        new("Users:AppCheckKeys", "where the public keys of App Check are", Allowed: "an https address"),
        new("WarmUp:Urls:N", "another service that Maintain keeps warm", Allowed: "an https address"),
        new("WarmUp:Timeout", "how long a warm-up may take", Allowed: "100ms to 5min"),
        new("Hosting:MaxEventBytes", "the most bytes of an event's body", "bytes"),
        new("Hosting:MaxRequestBytes", "the most bytes of any request's body", "bytes"),
        new("Hosting:DrainTime", "how long requests may go on after the signal to stop", Allowed: "0s to 7s"),
        new("Hosting:JsonLogs", "one JSON object a line; else on Cloud Run only"),
        new("Hosting:LogLevel", "the least severe level that is logged"),
        new("ProjectId", "the Google Cloud project that log entries name in their trace", Allowed: "a project's id"),
    ];

    private static readonly FrozenDictionary<string, SettingText> ByKey = All.ToFrozenDictionary(text => text.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>The line of a setting; null where there is none.</summary>
    public static SettingText? Find(string key) => ByKey.GetValueOrDefault(Pattern(key));

    /// <summary>A key with <c>N</c> for the numbers of list elements.</summary>
    public static string Pattern(string key) =>
        string.Join(':', key.Split(':').Select(segment => segment.Length > 0 && segment.All(char.IsAsciiDigit) ? "N" : segment));
}
