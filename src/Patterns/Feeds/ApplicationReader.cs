using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Catalogue;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>Our catalogue of applications: the names and addresses that each uses.</summary>
internal sealed class ApplicationReader(ApplicationFile catalogue) : IFeedReader
{
    public void Read(FeedSource source, IFeedSink sink)
    {
        foreach (var application in catalogue.Applications)
        {
            var label = new PatternLabel(PatternKind.Application, application.Id, source.Id);
            var place = new FeedPlace($"{Path.GetFileName(source.Path)}: {application.Id}", 0);
            foreach (var text in application.Domains.Concat(application.Addresses))
            {
                if (IndicatorParser.Parse(text, out var indicator) is { } fault)
                {
                    sink.Drop(fault, place, text);
                }
                else
                {
                    sink.Add(indicator, label, place);
                }
            }
        }
    }
}
