Feature: VISS version 3 over WebSocket

  Background:
    Given the VISS server is running
    And the client is connected with the sub-protocol "VISSv3"

  Scenario: a leaf is read
    When I send a read request with path "Vehicle.Speed"
    Then I should receive a valid read response

  Scenario: a request without an identity is answered without one
    When I send the message
      """
      { "action": "get", "path": "Vehicle.AverageSpeed", "requestId": "own" }
      """
    Then the answer holds
      """
      { "requestId": "own", "data": { "dp": { "value": "50" } } }
      """

  Scenario: a star within a path stands for one segment, and a branch for all below it
    When I search "Vehicle.Cabin.Door" using a path filter "*"
    Then the answer has data of 4 nodes

  Scenario Outline: <what> is answered with <number> <reason>, "<description>"
    When I send the message
      """
      <message>
      """
    Then the answer holds
      """
      { "error": { "number": <number>, "reason": "<reason>", "description": "<description>", "message": null }, "ts": "*" }
      """

    Examples:
      | what                       | message                                                                                                            | number | reason              | description                                   |
      | an unknown path            | { "action": "get", "path": "Vehicle.Nothing" }                                                                     | 404    | unavailable_data    | Data is unknown                               |
      | a signal without a value   | { "action": "get", "path": "Vehicle.Height" }                                                                      | 404    | unavailable_data    | The requested data was not found              |
      | an unknown action          | { "action": "fly" }                                                                                                | 400    | bad_request         | Missing or invalid action                     |
      | a missing path             | { "action": "get" }                                                                                                | 400    | bad_request         | Missing or invalid path                       |
      | a missing filter           | { "action": "subscribe", "path": "Vehicle.Speed" }                                                                 | 400    | bad_request         | Missing or invalid filter                     |
      | a missing value            | { "action": "set", "path": "Vehicle.Body.Hood.Position" }                                                          | 400    | bad_request         | Missing or invalid value                      |
      | a sensor that is set       | { "action": "set", "path": "Vehicle.Speed", "value": "1" }                                                         | 400    | invalid_data        | Update of a sensor is not supported           |
      | a branch that is set       | { "action": "set", "path": "Vehicle.Cabin", "value": "1" }                                                         | 400    | invalid_data        | Requested action on a branch is not supported |
      | a value beyond its limits  | { "action": "set", "path": "Vehicle.Body.Hood.Position", "value": "101" }                                          | 400    | invalid_data        | Data value outside limit                      |
      | a value of another type    | { "action": "set", "path": "Vehicle.Body.Hood.Position", "value": "much" }                                         | 400    | invalid_data        | Incorrect data type                           |
      | what is unsafe now         | { "action": "set", "path": "Vehicle.Body.Hood.IsOpen", "value": "true" }                                           | 403    | forbidden_request   | Not while the car is moving.                  |
      | what nobody carries out    | { "action": "set", "path": "Vehicle.TripMeterReading", "value": "0" }                                              | 503    | service_unavailable | Nobody in this car carries out this actuator  |
      | an unknown subscription    | { "action": "unsubscribe", "subscriptionId": "none" }                                                              | 404    | unavailable_data    | Data is unknown                               |

  Scenario: an actuator is set
    When I send a set request for path "Vehicle.Cabin.Infotainment.HMI.FontSize" with the value STANDARD
    Then I should receive a valid set response

  Scenario Outline: metadata of <generations> generations
    When I send the message
      """
      { "action": "get", "path": "Vehicle.Body.Hood", "filter": { "variant": "metadata", "parameter": "<generations>" } }
      """
    Then the answer holds
      """
      { "metadata": { "Hood": { "type": "branch", "children": <children> } } }
      """

    Examples:
      | generations | children                           |
      | 0           | { "IsOpen": { "type": "actuator" } } |
      | 1           | null                               |
      | 2           | { "IsOpen": { "type": "actuator" } } |

  Scenario: a subscription brings events until it ends, which version 3 answers without its identity
    Given I have a subscription to "Vehicle.AverageSpeed"
    Then I should receive a valid subscription event
    When I send an unsubscribe request
    Then I should receive a valid unsubscribe response
    And no event comes within 120 ms

  Scenario: a lamp that goes on, off and on has gone on twice
    Given the car reports "Vehicle.Body.Lights.Hazard.IsSignaling" as false
    When I subscribe to "Vehicle.Body.Lights.Hazard.IsSignaling" with the filter
      """
      { "variant": "change", "parameter": { "logic-op": "gt", "diff": "0" } }
      """
    And the car reports "Vehicle.Body.Lights.Hazard.IsSignaling" as true
    Then the next event holds
      """
      { "data": { "dp": { "value": "true" } } }
      """
    When the car reports "Vehicle.Body.Lights.Hazard.IsSignaling" as false
    Then no event comes within 60 ms
    When the car reports "Vehicle.Body.Lights.Hazard.IsSignaling" as true
    Then the next event holds
      """
      { "data": { "dp": { "value": "true" } } }
      """

  Scenario: a text is followed too
    Given the car reports "Vehicle.VehicleIdentification.Brand" as "One"
    When I subscribe to "Vehicle.VehicleIdentification.Brand" with the filter
      """
      { "variant": "change", "parameter": { "logic-op": "ne", "diff": "0" } }
      """
    And the car reports "Vehicle.VehicleIdentification.Brand" as "Two"
    Then the next event holds
      """
      { "data": { "dp": { "value": "Two" } } }
      """

  Scenario: range, change and curve logging
    When I subscribe to "Vehicle.Speed" using a range filter
    Then I should receive a valid subscription event
    When I subscribe to "Vehicle.Speed" using a change filter
    Then I should receive a valid subscription event
    When I subscribe to "Vehicle.Speed" using a curvelog filter with maxerr 0.5 and bufsize 10
    Then I should receive a valid subscribe response
