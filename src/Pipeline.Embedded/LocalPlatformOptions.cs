using Pipeline.Embedded.Delivery;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded;

/// <summary>All that the local platform needs.</summary>
/// <param name="Folder">The buckets' folder.</param>
/// <param name="Delivery">Where events go.</param>
/// <param name="Scheduler">What is called from time to time.</param>
public sealed record LocalPlatformOptions(FolderBucketOptions Folder, EventDeliveryOptions Delivery, LocalSchedulerOptions Scheduler)
{
    /// <summary>Everything that is wrong, each with the part's and the option's name.</summary>
    public IEnumerable<string> Validate() =>
    [
        .. Folder.Validate().Select(fault => $"{nameof(Folder)}: {fault}"),
        .. Delivery.Validate().Select(fault => $"{nameof(Delivery)}: {fault}"),
        .. Scheduler.Validate().Select(fault => $"{nameof(Scheduler)}: {fault}"),
    ];
}
