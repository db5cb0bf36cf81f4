using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Catalogue;
using MediaSecurityLite.Patterns.Feeds;
using MediaSecurityLite.Patterns.Names;

namespace MediaSecurityLite.Patterns.Compiling;

/// <summary>One or more source lists, read, checked and joined.</summary>
public sealed class SourceList
{
    private readonly List<ListedSource> _sources = [];
    private readonly List<string> _faults = [];
    private bool _forFetching;
    private readonly List<ApplicationFile> _applicationFiles = [];

    private SourceList()
    {
    }

    internal IReadOnlyList<ListedSource> Sources => _sources;

    internal IReadOnlyList<Category> Categories { get; private set; } = [];

    internal PublicSuffixes PublicSuffixes { get; private set; } = PublicSuffixes.BuiltIn;

    internal HitList NeverBlock { get; } = new();

    internal CatalogueDocument Catalogue => new()
    {
        Categories = Categories,
        Groups = [.. _applicationFiles.SelectMany(file => file.Groups).DistinctBy(group => group.Id)],
        Applications = [.. _applicationFiles.SelectMany(file => file.Applications).DistinctBy(application => application.Id)
            .Select(entry => new Application { Id = entry.Id, Name = entry.Name, Group = entry.Group, Risk = entry.Risk })],
    };

    /// <summary>Reads source lists and what they need apart from the sources themselves.</summary>
    /// <param name="files">The lists.</param>
    /// <param name="folders">What <c>{NAME}</c> at the start of a path stands for.</param>
    /// <param name="forFetching">Sources that can be fetched need not be there yet.</param>
    /// <exception cref="SourceListException">Something is wrong; the message says all of it.</exception>
    public static SourceList Load(IReadOnlyList<string> files, IReadOnlyDictionary<string, string> folders, bool forFetching = false)
    {
        var list = new SourceList { _forFetching = forFetching };
        try
        {
            var read = files.Select(file => (Paths: new SourcePaths(file, folders), List: ReadJson(file, PatternsJson.Default.SourceListFile))).ToList();
            foreach (var (paths, entry) in read)
            {
                list.AddCommon(paths, entry);
            }

            foreach (var (paths, entry) in read.SelectMany(one => one.List.Sources.Where(source => source.Enabled != false).Select(source => (one.Paths, source))))
            {
                list.AddSource(paths, entry);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SourceListException(fault.Message);
        }

        list._faults.AddRange(IdRules.Repeated("source", list._sources.Select(source => source.Entry.Id)));
        return list._faults.Count == 0 ? list : throw new SourceListException(string.Join('\n', list._faults));
    }

    private static T ReadJson<T>(string file, JsonTypeInfo<T> type)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return JsonSerializer.Deserialize(stream, type) ?? throw new SourceListException($"{file}: there is nothing in it");
        }
        catch (JsonException fault)
        {
            throw new SourceListException($"{file}: {fault.Message}");
        }
    }

    private void AddCommon(SourcePaths paths, SourceListFile list)
    {
        if (list.Categories is { } categories)
        {
            var file = ReadJson(paths.Resolve(categories), PatternsJson.Default.CategoryFile);
            _faults.AddRange(file.Faults().Select(fault => $"{categories}: {fault}"));
            Categories = [.. Categories, .. file.Categories];
        }

        if (list.PublicSuffixes is { } suffixes)
        {
            PublicSuffixes = PublicSuffixes.Read(paths.Resolve(suffixes));
        }

        foreach (var file in list.NeverBlock)
        {
            _faults.AddRange(NeverBlock.Read(paths.Resolve(file), strict: true));
        }
    }

    private void AddSource(SourcePaths paths, SourceEntry entry)
    {
        var path = paths.Resolve(entry.Path);
        if (!IdRules.IsId(entry.Id))
        {
            _faults.Add($"{paths.List}: source '{entry.Id}' has no proper id");
        }

        if (entry.Url is { } url && (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps))
        {
            _faults.Add($"{paths.List}: source '{entry.Id}': '{url}' is no https URL");
        }

        foreach (var (name, value) in new (string, double?)[]
        {
            ("every", entry.Every?.TotalSeconds), ("timeout", entry.Timeout?.TotalSeconds), ("maxBytes", entry.MaxBytes),
            ("maxShrink", entry.MaxShrink), ("maxGrowth", entry.MaxGrowth), ("minConfidence", entry.MinConfidence),
        })
        {
            if (value < 0)
            {
                _faults.Add($"{paths.List}: source '{entry.Id}': '{name}' is below 0");
            }
        }

        if (!Path.Exists(path) && !(_forFetching && entry.Url is not null))
        {
            _faults.Add($"{paths.List}: source '{entry.Id}': {path} does not exist");
            return;
        }

        var except = new HitList();
        foreach (var file in entry.Except)
        {
            except.Read(paths.Resolve(file), strict: false);
        }

        _sources.Add(new ListedSource(entry, new FeedSource(entry.Id, path, Rules(paths.List, entry), entry.MinConfidence ?? 0), Reader(entry.Format, path), except));
    }

    private IReadOnlyList<LabelRule> Rules(string list, SourceEntry entry)
    {
        IReadOnlyList<LabelRule> rules = entry.Kind is { } kind ? [.. entry.Rules, new LabelRule { Kind = kind, Name = entry.Name ?? "" }] : entry.Rules;
        if (entry.Format == FeedFormat.SuricataRules)
        {
            // They say themselves what they are for.
            return [new LabelRule { Kind = PatternKind.CommandAndControl, Name = entry.Id }];
        }

        if (rules.Count == 0 && entry.Format is not (FeedFormat.Ut1 or FeedFormat.Applications))
        {
            _faults.Add($"{list}: source '{entry.Id}' needs 'kind' and 'name', or 'rules'");
        }

        foreach (var rule in rules.Where(rule => rule.Kind is not null))
        {
            if (!IdRules.IsId(rule.NameFor("file")))
            {
                _faults.Add($"{list}: source '{entry.Id}': '{rule.Name}' is no proper name");
            }
            else if (rule.Kind == PatternKind.Category && rule.IsFixed
                && Categories.All(category => category.Id != rule.Name))
            {
                _faults.Add($"{list}: source '{entry.Id}': there is no category '{rule.Name}'");
            }
        }

        return rules;
    }

    private IFeedReader Reader(FeedFormat format, string path)
    {
        switch (format)
        {
            case FeedFormat.Trails:
                return new TrailReader();
            case FeedFormat.Domains:
                return new DomainListReader();
            case FeedFormat.Hosts:
                return new HostsFileReader();
            case FeedFormat.Wildcards:
                return new WildcardListReader();
            case FeedFormat.Adblock:
                return new AdblockReader();
            case FeedFormat.Dnsmasq:
                return new DnsmasqReader();
            case FeedFormat.Unbound:
                return new UnboundReader();
            case FeedFormat.Addresses:
                return new AddressListReader();
            case FeedFormat.AbuseCh:
                return new AbuseChReader();
            case FeedFormat.Misp:
                return new MispReader();
            case FeedFormat.Stix:
                return new StixReader();
            case FeedFormat.Fingerprints:
                return new FingerprintListReader();
            case FeedFormat.FileHashes:
                return new FileHashReader();
            case FeedFormat.SuricataRules:
                return new SuricataRuleReader();
            case FeedFormat.Ut1:
                return new Ut1Reader(Categories);
            default:
                var file = ReadJson(path, PatternsJson.Default.ApplicationFile);
                _faults.AddRange(file.Faults().Select(fault => $"{path}: {fault}"));
                _applicationFiles.Add(file);
                return new ApplicationReader(file);
        }
    }
}
