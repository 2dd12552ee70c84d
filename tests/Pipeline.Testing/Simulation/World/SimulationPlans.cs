using Pipeline.Testing.Faults;
using Pipeline.Worker;
using Pipeline.Worker.Retries;

namespace Pipeline.Testing.Simulation.World;

/// <summary>Plans by seed: every seed mixes other troubles.</summary>
public static class SimulationPlans
{
    private const string Pattern = "users/{uid}/photos/{photo}";

    private static readonly string[] ContentMixes = ["GGGGSFHPXU", "G", "GGS", "GGX", "FFG", "HP", "GU", "SSX"];

    public static SimulationPlan FromSeed(int seed)
    {
        var chance = new Chance(seed, "plan");
        return new SimulationPlan
        {
            Seed = seed,
            Workers = chance.Between(2, 4),
            Objects = chance.Between(1, 3),
            UserActions = chance.Between(0, 8),
            Redrives = chance.Happens(0.4) ? chance.Between(1, 3) : 0,
            StrangerWrites = chance.Happens(0.3) ? chance.Between(1, 6) : 0,
            Turmoil = TimeSpan.FromMinutes(chance.Between(3, 20)),
            Faults = Faults(chance),
            KillRate = chance.Happens(0.5) ? chance.Pick([0.005, 0.02, 0.08]) : 0,
            PauseRate = chance.Happens(0.5) ? chance.Pick([0.005, 0.02, 0.08]) : 0,
            ModelNotReadyRate = 0.01,
            Shutdowns = chance.Happens(0.3) ? chance.Between(1, 3) : 0,
            LargestSkew = chance.Happens(0.5) ? TimeSpan.FromMinutes(10) : TimeSpan.Zero,
            DuplicateRate = chance.Pick([0, 0.2, 0.7]),
            LateRate = chance.Pick([0, 0.1, 0.4]),
            DoubleSweepRate = chance.Pick([0, 0.1, 0.5]),
            GenerationsMayDecrease = chance.Happens(0.15),
            ContentMix = chance.Pick(ContentMixes),
            Worker = Options(chance),
            SweepPeriod = TimeSpan.FromSeconds(chance.Pick([60, 60, 300])),
        };
    }

    /// <summary>A plan with the seed's configuration in which nothing happens by itself.</summary>
    public static SimulationPlan Quiet(int seed) => new() { Seed = seed, UserActions = 0, Worker = Options(new Chance(seed, "plan")) };

    /// <summary>The same options with enough attempts and time for every content that can succeed.</summary>
    public static WorkerOptions Patient(WorkerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options with { ClassificationTimeout = TimeSpan.FromMinutes(10), Retries = options.Retries with { MaxAttempts = 4 } };
    }

    private static WorkerOptions Options(Chance chance)
    {
        var photos = chance.Happens(0.3)
            ? new RuleOptions { Match = Pattern, Document = "apps/{photo}", Create = chance.Happens(0.5) }
            : new RuleOptions { Match = Pattern };
        return new WorkerOptions
        {
            Buckets = [new BucketOptions { Bucket = SimulationWorld.BucketName }],
            Rules = [photos],
            Lease = TimeSpan.FromSeconds(chance.Pick([15, 60, 60])),

            // A semaphore that is waited for with a token leaves the simulation's thread.
            Concurrency = 100,
            Retries = new RetryOptions
            {
                MaxAttempts = chance.Between(1, 5),
                LargestDelay = TimeSpan.FromMinutes(2),
                ConfigurationDelay = TimeSpan.FromMinutes(chance.Pick([1, 10])),
            },
        };
    }

    private static FaultPlan Faults(Chance chance)
    {
        var heavy = chance.Pick([0.05, 0.1, 0.3]);
        return chance.Between(0, 6) switch
        {
            0 => FaultPlan.None,
            1 => Delays(heavy),
            2 => new FaultPlan { Commits = new DocumentFaultRates { AnswerLost = heavy } },
            3 => new FaultPlan { Commits = new DocumentFaultRates { LandsLate = heavy, Delayed = heavy } },
            4 => new FaultPlan { Commits = new DocumentFaultRates { SentTwice = heavy, Refused = heavy / 3 } },
            _ => Everything(heavy),
        };
    }

    private static FaultPlan Delays(double rate) => new()
    {
        Gets = new DocumentFaultRates { Delayed = rate },
        Commits = new DocumentFaultRates { Delayed = rate },
        Queries = new DocumentFaultRates { Delayed = rate },
        Finds = new ObjectFaultRates { Delayed = rate },
        Downloads = new ObjectFaultRates { Delayed = rate },
        LongestDelay = TimeSpan.FromSeconds(50),
    };

    private static FaultPlan Everything(double rate)
    {
        var reads = new DocumentFaultRates
        {
            Unavailable = rate / 3,
            ResourceExhausted = rate / 6,
            PermissionDenied = rate / 10,
            RequestLost = rate / 3,
            Stalled = rate / 20,
            Delayed = rate / 2,
        };
        return new FaultPlan
        {
            Gets = reads,
            Queries = reads,
            Commits = reads with { Aborted = rate / 6, AnswerLost = rate / 3, LandsLate = rate / 4, SentTwice = rate / 6, Refused = rate / 20 },
            Finds = new ObjectFaultRates { Unavailable = rate / 2, PermissionDenied = rate / 6, Delayed = rate / 2 },
            Downloads = new ObjectFaultRates
            {
                Unavailable = rate / 2,
                PermissionDenied = rate / 6,
                ChecksumMismatch = rate / 4,
                Stalled = rate / 10,
                Delayed = rate / 2,
            },
            LongestDelay = TimeSpan.FromSeconds(50),
        };
    }
}
